package org.descentlang.runtime.kernel;

import org.descentlang.runtime.thread.Team;

/**
 * A kernel whose loop may be cut anywhere. A team's threads divide it, and each runs its part in turns of a few
 * thousand elements: HotSpot compiles what is called often long before it replaces a loop that runs.
 */
public final class DividedKernel {
    /** Turns {@code from .. to - 1} of a kernel's loop. */
    @FunctionalInterface
    public interface Loop {
        /** @param part numbers the memory that is lent for the call */
        void run(int part, int from, int to);
    }

    private final Team team;
    private final int turns;
    private final Loop kernel;
    private final Team.Task task = this::runPart;

    // The current run: fields, because an argument captured by a lambda would be an allocation per step.
    private int extent;
    private int parts;

    /** @param turns of the loop in one call */
    public DividedKernel(Team team, int turns, Loop kernel) {
        this.team = team;
        this.turns = turns;
        this.kernel = kernel;
    }

    /** All of a loop, a part for each thread. */
    public void run(int turnsOfLoop) {
        run(turnsOfLoop, team.threads());
    }

    public void run(int turnsOfLoop, int inParts) {
        extent = turnsOfLoop;
        parts = inParts;
        team.run(task, inParts);
    }

    private void runPart(int part) {
        int end = (int) ((part + 1L) * extent / parts);
        for (int from = (int) ((long) part * extent / parts), to; from < end; from = to) {
            to = from + Math.min(turns, end - from);
            kernel.run(part, from, to);
        }
    }
}
