package org.descentlang.compiler.emit.device;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Plan;

/**
 * How a reduction to one number is divided: its longest loop into parts, whose results are combined in order, so that
 * the sum is the same from run to run.
 *
 * @param loop which one
 * @param parts threads on a processor, groups of threads on a GPU
 */
record Division(int loop, int parts) {
    /** Of a group: the most that some devices take. */
    static final int THREADS = 256;

    /** With fewer elements most of a group would idle. */
    static final int FEW = 64;

    private static final int MOST_PARTS = 256;
    private static final Division UNDIVIDED = new Division(-1, 1);

    /** @param parallel false for one thread, as on an FPGA */
    static Division of(Plan plan, Code code, boolean parallel) {
        int longest = IntStream.range(0, code.loops().size())
                .boxed()
                .max(Comparator.comparingLong(loop -> extent(plan, code, loop)))
                .orElse(-1);
        if (!parallel || longest < 0 || extent(plan, code, longest) < FEW) {
            return UNDIVIDED;
        }
        return new Division(longest, (int) Math.min(Math.ceilDiv(extent(plan, code, longest), THREADS), MOST_PARTS));
    }

    /** Whether a group of threads has something to do. */
    boolean takesGroups() {
        return loop >= 0;
    }

    private static long extent(Plan plan, Code code, int loop) {
        return plan.capacity().estimate(code.loops().get(loop));
    }
}
