package org.descentlang.maven.command;

import java.util.List;

/**
 * How a run of the command ended.
 *
 * @param exitCode 0, or 2 for a user's mistake, 130 or 143 when interrupted, or anything else for a failure of ours
 * @param problems what it said about the user's files, in the order written
 * @param errorOutput the last lines of its standard error
 */
public record CommandResult(int exitCode, List<Problem> problems, List<String> errorOutput) {
    private static final int MISTAKE = 2;

    public CommandResult {
        problems = List.copyOf(problems);
        errorOutput = List.copyOf(errorOutput);
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Whether the user can mend it. */
    public boolean isMistake() {
        return exitCode == MISTAKE;
    }

    /**
     * Whether Ctrl-C (SIGINT) or SIGTERM ended it: training saves what it has, and the status is then that of the
     * signal.
     */
    public boolean isInterrupted() {
        return exitCode == 128 + 2 || exitCode == 128 + 15;
    }

    public long errors() {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
    }
}
