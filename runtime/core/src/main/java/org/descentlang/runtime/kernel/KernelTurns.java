package org.descentlang.runtime.kernel;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Which form of a kernel a call runs: plain loops or vectors. Until HotSpot has compiled code with vectors these are objects, many times
 * slower than plain loops, and what is never called is never compiled. So vectors first get half of the time, and all calls of a
 * kernel once its fastest with vectors took no longer than its fastest plain one. Both give the same bits, so it does not matter when.
 *
 * <p>A call reads {@link #begin}, runs the form that {@link #isVectors} names and reports to {@link #end}.
 */
public final class KernelTurns {
    private static final byte UNDECIDED = 0;
    private static final byte PLAIN = 1;
    private static final byte VECTORS = 2;

    /** Nanoseconds of all calls after which vectors that are still slower have lost. */
    private static final long LONGEST = 20_000_000_000L;

    /** Read without a lock: a thread that still sees an undecided kernel only asks once more. */
    private final byte[] decided;

    private final LongSupplier clock;
    private final long[] fastestPlain;
    private final long[] fastestVectors;
    private long plainTime;
    private long vectorTime;

    /** @param kernels are numbered from 0 */
    public KernelTurns(int kernels) {
        this(kernels, System::nanoTime);
    }

    KernelTurns(int kernels, LongSupplier clock) {
        this.clock = clock;
        decided = new byte[kernels];
        fastestPlain = new long[kernels];
        fastestVectors = new long[kernels];
        Arrays.fill(fastestPlain, Long.MAX_VALUE);
        Arrays.fill(fastestVectors, Long.MAX_VALUE);
    }

    /** All kernels run with vectors from the first call. */
    public static KernelTurns ofVectors(int kernels) {
        var turns = new KernelTurns(kernels);
        Arrays.fill(turns.decided, VECTORS);
        return turns;
    }

    /** Whether there is nothing to find out any more. */
    public boolean isDecided(int kernel) {
        return decided[kernel] != UNDECIDED;
    }

    /** @return odd if it is the turn of vectors; otherwise a time */
    public long begin(int kernel) {
        byte form = decided[kernel];
        return form == UNDECIDED ? next(clock.getAsLong()) : form - 1;
    }

    public static boolean isVectors(long turn) {
        return (turn & 1) != 0;
    }

    /**
     * @param turn what {@link #begin} said
     * @param work what the call did, in units of the kernel's own: calls are compared by their time for one
     */
    public void end(int kernel, long turn, long work) {
        if (decided[kernel] == UNDECIDED) {
            compare(kernel, isVectors(turn), clock.getAsLong() - turn, work);
        }
    }

    private synchronized long next(long now) {
        return vectorTime < plainTime ? now | 1 : now & ~1L;
    }

    private synchronized void compare(int kernel, boolean isVectors, long took, long work) {
        long[] fastest = isVectors ? fastestVectors : fastestPlain;
        fastest[kernel] = Math.min(fastest[kernel], (took << 10) / Math.max(1, work));
        if (isVectors) {
            vectorTime += took;
        } else {
            plainTime += took;
        }
        if (fastestPlain[kernel] < Long.MAX_VALUE && fastestVectors[kernel] <= fastestPlain[kernel]) {
            decided[kernel] = VECTORS;
        } else if (plainTime + vectorTime > LONGEST) {
            decided[kernel] = PLAIN;
        }
    }
}
