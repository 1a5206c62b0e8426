package org.descentlang.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.descentlang.runtime.training.EpochReport;
import org.descentlang.runtime.training.Evaluation;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.TrainingListener;

/**
 * One line of a terminal that is written again and again: epoch, time left, loss, metrics, learning rate, and a bar
 * where there is room.
 */
final class TerminalProgress implements TrainingListener, AutoCloseable {
    private static final int MILLISECONDS_BETWEEN = 100;
    private static final int SHORTEST_BAR = 10;

    private final PrintStream out;
    private final PrintStream err;
    private final List<String> warnings = new ArrayList<>();
    private Optional<ProgressBar> bar = Optional.empty();
    private Optional<Evaluation> validation = Optional.empty();
    private double lastMessage;

    TerminalProgress(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void onStart(Progress progress) {
        bar = Optional.of(new ProgressBarBuilder()
                .setInitialMax(progress.plan().steps())
                .setUpdateIntervalMillis(MILLISECONDS_BETWEEN)
                .setRenderer((state, width) ->
                        line(state.getExtraMessage(), (double) state.getCurrent() / state.getMax(), width))
                .setConsumer(new TerminalLine(out, TerminalWidth::columns))
                .build());
    }

    @Override
    public void onStep(Progress progress) {
        if (progress.seconds() - lastMessage >= MILLISECONDS_BETWEEN * 1e-3) {
            lastMessage = progress.seconds();
            show(progress);
        }
    }

    @Override
    public void onEpoch(Progress progress, EpochReport report) {
        validation = report.validation();
        show(progress);
    }

    private void show(Progress progress) {
        String message = RunText.atPresent(progress, validation);
        bar.ifPresent(shown -> shown.stepTo(progress.steps()).setExtraMessage(message));
    }

    /** Shown when the bar is closed, which would write over it. */
    @Override
    public void onWarning(Progress progress, String warning) {
        warnings.add(warning);
    }

    /** @param done 0 to 1 */
    static String line(String message, double done, int width) {
        int room = width - message.length() - " ▕▏".length();
        if (room < SHORTEST_BAR) {
            return message.length() <= width ? message : message.substring(0, width);
        }
        int full = (int) (done * room);
        return message + " ▕" + "█".repeat(full) + " ".repeat(room - full) + "▏";
    }

    /** Leaves the line as it stands. */
    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        warnings.forEach(warning -> err.println(RunText.warning(warning)));
    }
}
