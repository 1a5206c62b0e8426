package org.descentlang.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the command writes. Text is UTF-8 whatever the locale: a file's Greek letters and JSON must survive a build
 * server.
 *
 * @param interactive whether {@code out} is a terminal that understands cursor movement
 * @param colours whether {@code err} may be coloured
 */
record Console(PrintStream out, PrintStream err, boolean interactive, boolean colours) {
    /** JDK 25 has no console at all where JDK 22 to 24 have one that is not a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    static Console ofProcess() {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        boolean terminal =
                System.console() != null && System.console().isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new Console(out, err, terminal, terminal && System.getenv("NO_COLOR") == null);
    }
}
