package org.descentlang.runtime.kernel;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.descentlang.runtime.kernel.vector.VectorOperations;

/**
 * Which form of a kernel a call runs: plain loops or vectors. Until HotSpot has compiled code with vectors these are objects, many times
 * slower than plain loops, and what is never called is never compiled. So a kernel's vectors wait until its plain form has cost about
 * what compiling them costs; then they are tried, on short parts of calls and for a fraction of the time; and once their fastest took no
 * longer than the fastest plain one they take all calls. A short run thus pays little for what it has no time to use. Both forms give the
 * same bits, so it does not matter when.
 *
 * <p>A call reads {@link #begin}, runs the form that {@link #isVectors} names, vectors on no more than {@link #portion}, and reports to
 * {@link #end}.
 */
public final class KernelTurns {
    private static final byte UNDECIDED = 0;
    private static final byte PLAIN = 1;
    private static final byte VECTORS = 2;

    /** Nanoseconds that HotSpot takes to compile a kernel's vectors: 20 to 200 million. */
    private static final long WAIT = 50_000_000;

    /** Vectors are tried for one part of the time in so many. */
    private static final int SHARE = 4;

    /** Fills the longest vector. */
    private static final int SHORTEST_TRIAL = 16;

    /** Of more than any kernel's calls: so much is all. */
    private static final int LONGEST_TRIAL = 1 << 20;

    /** Nanoseconds that a trial may take before the next one is shorter. */
    private static final long TRIAL = 20_000;

    /** Nanoseconds of a kernel's calls after which vectors that are still slower have lost. */
    private static final long LONGEST = 10_000_000_000L;

    /** Read without a lock: a thread that still sees an undecided kernel only asks once more. */
    private final byte[] decided;

    private final int[] portions;
    private final LongSupplier clock;
    private final long[] fastestPlain;
    private final long[] fastestVectors;
    private final long[] plainTime;
    private final long[] vectorTime;

    /** @param kernels are numbered from 0 */
    public KernelTurns(int kernels) {
        this(kernels, System::nanoTime);
    }

    /** @param clock of nanoseconds */
    public KernelTurns(int kernels, LongSupplier clock) {
        this.clock = clock;
        decided = new byte[kernels];
        portions = new int[kernels];
        fastestPlain = new long[kernels];
        fastestVectors = new long[kernels];
        plainTime = new long[kernels];
        vectorTime = new long[kernels];
        Arrays.fill(portions, SHORTEST_TRIAL);
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
        return form == UNDECIDED ? next(kernel, clock.getAsLong()) : form - 1;
    }

    public static boolean isVectors(long turn) {
        return (turn & 1) != 0;
    }

    /**
     * How much of a call is for the form whose turn it is; what is left is for plain loops, and nobody counts it.
     *
     * @param all what the call is to do
     */
    public int portion(int kernel, long turn, int all) {
        return isVectors(turn) && !isDecided(kernel) ? Math.min(all, portions[kernel]) : all;
    }

    /**
     * @param turn what {@link #begin} said
     * @param work what the call did, in units of the kernel's own: calls are compared by their time for one
     */
    public void end(int kernel, long turn, long work) {
        if (decided[kernel] == UNDECIDED) {
            long took = clock.getAsLong() - turn;
            if (isVectors(turn)) {
                endVectors(kernel, took, work);
            } else {
                endPlain(kernel, took, work);
            }
        }
    }

    private synchronized long next(int kernel, long now) {
        if (vectorTime[kernel] * SHARE >= plainTime[kernel] - WAIT) {
            return now & ~1L;
        }
        if (vectorTime[kernel] > 0) {
            return now | 1;
        }
        VectorOperations.load();
        return clock.getAsLong() | 1;
    }

    private synchronized void endPlain(int kernel, long took, long work) {
        plainTime[kernel] += took;
        fastestPlain[kernel] = Math.min(fastestPlain[kernel], timeOfOne(took, work));
    }

    private synchronized void endVectors(int kernel, long took, long work) {
        vectorTime[kernel] += took;
        fastestVectors[kernel] = Math.min(fastestVectors[kernel], timeOfOne(took, work));
        if (fastestVectors[kernel] <= fastestPlain[kernel]) {
            decided[kernel] = VECTORS;
        } else if (plainTime[kernel] + vectorTime[kernel] > LONGEST) {
            decided[kernel] = PLAIN;
        } else if (took < TRIAL) {
            portions[kernel] = 2 * Math.min(portions[kernel], LONGEST_TRIAL / 2);
        } else {
            portions[kernel] = Math.max(portions[kernel] / 2, SHORTEST_TRIAL);
        }
    }

    private static long timeOfOne(long took, long work) {
        return (took << 10) / Math.max(1, work);
    }
}
