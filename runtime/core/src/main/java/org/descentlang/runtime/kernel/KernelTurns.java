package org.descentlang.runtime.kernel;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.descentlang.runtime.kernel.vector.VectorOperations;

/**
 * Which form of a kernel a call runs: plain loops or vectors. Until HotSpot has compiled code with vectors these are
 * objects, many times slower than plain loops, and what is never called is never compiled. So a kernel's vectors wait
 * until its plain form has cost about what compiling them costs, or the run has shown that it is not short; then they
 * are tried for a fraction of the time ({@link KernelTrial}), and once they are as fast as plain loops they take all
 * calls. A short run thus pays little for what it has no time to use. Both forms give the same bits, so it does not
 * matter when.
 *
 * <p>A call reads {@link #begin}, runs the form that {@link #isVectors} names on no more than {@link #portion}, reports
 * to {@link #end}, and goes on like this with what is left.
 */
public final class KernelTurns {
    /** A turn of plain loops that nobody times. */
    private static final long UNTIMED = 0;

    private static final byte UNDECIDED = 0;
    private static final byte PLAIN = 1;
    private static final byte VECTORS = 2;

    /** Nanoseconds from the first call after which a run is not short. */
    static final long SHORT_RUN = 500_000_000;

    /** In a run that is not short, vectors of all kernels get one part of the time of plain loops in so many. */
    private static final int SHARE = 2;

    /** Read without a lock: a thread that still sees an undecided kernel only asks once more. */
    private final byte[] decided;

    private final KernelTrial[] trials;
    private final LongSupplier clock;
    private long first;

    // Of all kernels.
    private long plainTime;
    private long vectorTime;

    private boolean isLoaded;

    /** @param kernels are numbered from 0 */
    public KernelTurns(int kernels) {
        this(kernels, System::nanoTime);
    }

    /** @param clock of nanoseconds */
    public KernelTurns(int kernels, LongSupplier clock) {
        this.clock = clock;
        decided = new byte[kernels];
        trials = new KernelTrial[kernels];
        Arrays.setAll(trials, _ -> new KernelTrial());
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
        if (form != UNDECIDED) {
            return form - 1L;
        }
        return trials[kernel].isSkipped() ? UNTIMED : next(trials[kernel], clock.getAsLong());
    }

    public static boolean isVectors(long turn) {
        return (turn & 1) != 0;
    }

    /**
     * How much of a call, or of what is left of it, is for this turn.
     *
     * @param all what is to do
     */
    public int portion(int kernel, long turn, int all) {
        return turn == UNTIMED || isDecided(kernel) ? all : Math.min(all, trials[kernel].portion(isVectors(turn)));
    }

    /**
     * @param turn what {@link #begin} said
     * @param work what the turn did, in units of the kernel's own: turns are compared by their time for one
     */
    public void end(int kernel, long turn, long work) {
        if (decided[kernel] == UNDECIDED && turn != UNTIMED) {
            end(kernel, isVectors(turn), clock.getAsLong() - turn, work);
        }
    }

    private synchronized long next(KernelTrial trial, long now) {
        if (first == 0) {
            first = now;
        }
        if (!trial.isTimeForVectors() && !isTimeForVectors(trial, now - first)) {
            return now & ~1L | 2;
        }
        if (isLoaded) {
            return now | 1;
        }
        isLoaded = true;
        VectorOperations.load();
        return clock.getAsLong() | 1;
    }

    private boolean isTimeForVectors(KernelTrial trial, long elapsed) {
        return elapsed > SHORT_RUN && trial.matters(plainTime + vectorTime) && vectorTime * SHARE < plainTime;
    }

    private synchronized void end(int kernel, boolean areVectors, long took, long work) {
        KernelTrial trial = trials[kernel];
        if (areVectors) {
            vectorTime += took;
        } else {
            plainTime += took;
        }
        trial.took(areVectors, took, work);
        if (areVectors && trial.haveVectorsWon()) {
            decided[kernel] = VECTORS;
        } else if (trial.isTooLong()) {
            decided[kernel] = PLAIN;
        }
    }
}
