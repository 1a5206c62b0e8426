package org.descentlang.cli;

/** What the command's exit status says. */
final class ExitStatus {
    static final int SUCCESS = 0;
    /** A failure of Descent or of the machine. */
    static final int FAILURE = 1;
    /** Wrong arguments, a wrong file, wrong data. */
    static final int MISTAKE = 2;

    private ExitStatus() {}
}
