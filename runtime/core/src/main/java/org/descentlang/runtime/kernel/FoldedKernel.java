package org.descentlang.runtime.kernel;

import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import org.descentlang.runtime.thread.Team;

/**
 * A kernel that reduces everything to one number, in as many parts as the compiler has planned, whatever the number of
 * threads; their results are combined in order.
 */
public final class FoldedKernel {
    /** What turns {@code from .. to - 1} of a kernel's loop come to. */
    @FunctionalInterface
    public interface Loop {
        /** @param part numbers the memory that is lent for the call */
        double run(int part, int from, int to);
    }

    private final Team team;
    private final double[] results;
    private final Loop kernel;
    private final Team.Task task = this::runPart;

    // The current run: a field, because an argument captured by a lambda would be an allocation per step.
    private int extent;

    public FoldedKernel(Team team, int parts, Loop kernel) {
        this.team = team;
        this.results = new double[parts];
        this.kernel = kernel;
    }

    public double run(int turnsOfLoop, DoubleBinaryOperator combine) {
        runParts(turnsOfLoop);
        double result = results[0];
        for (int part = 1; part < results.length; part++) {
            result = combine.applyAsDouble(result, results[part]);
        }
        return result;
    }

    /** Of whole numbers, which a double holds exactly. */
    public int runWhole(int turnsOfLoop, IntBinaryOperator combine) {
        runParts(turnsOfLoop);
        int result = (int) results[0];
        for (int part = 1; part < results.length; part++) {
            result = combine.applyAsInt(result, (int) results[part]);
        }
        return result;
    }

    private void runParts(int turnsOfLoop) {
        extent = turnsOfLoop;
        team.run(task, results.length);
    }

    private void runPart(int part) {
        int parts = results.length;
        int from = (int) ((long) part * extent / parts);
        int to = (int) ((part + 1L) * extent / parts);
        results[part] = kernel.run(part, from, to);
    }
}
