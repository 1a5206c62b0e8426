package org.descentlang.cli;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * One line of a terminal. Whatever was there before is erased: a line may be shorter than the one before it, and the
 * terminal may become narrower meanwhile. The last column stays free, since some terminals go to the next line once it
 * is written.
 */
final class TerminalLine implements ProgressBarConsumer {
    private static final String ERASE_TO_END = "\033[K";
    private static final long NANOSECONDS_BETWEEN_LOOKS = 1_000_000_000;

    private final PrintStream out;
    private final IntSupplier columns;
    private int width;
    private long looked;

    /** @param columns asked once a second */
    TerminalLine(PrintStream out, IntSupplier columns) {
        this.out = out;
        this.columns = columns;
        look();
    }

    private void look() {
        width = Math.max(1, columns.getAsInt() - 1);
        looked = System.nanoTime();
    }

    @Override
    public int getMaxRenderedLength() {
        if (System.nanoTime() - looked > NANOSECONDS_BETWEEN_LOOKS) {
            look();
        }
        return width;
    }

    @Override
    public void accept(String line) {
        out.print("\r" + line + ERASE_TO_END);
        out.flush();
    }

    @Override
    public void close() {
        out.println();
        out.flush();
    }
}
