package org.descentlang.runtime.kernel;

import java.util.Arrays;

/**
 * Plain loops and vectors of one kernel beside each other, in turns of 20 microseconds on the same work: a short turn
 * over memory that no cache holds is slower than the fastest of many whole calls, whatever its form. The latest turns
 * count, since HotSpot compiles both while they run.
 */
final class KernelTrial {
    /** Nanoseconds that HotSpot takes to compile a kernel's vectors: 20 to 200 million. */
    private static final long WAIT = 50_000_000;

    /** From then on vectors get one part of the plain time in so many. */
    private static final int SHARE = 4;

    /** A kernel matters if its plain form takes one part of the time in so many. */
    private static final int MATTERS = 100;

    /** Nanoseconds of vectors that make HotSpot compile them: some 15 000 turns of their loops. */
    private static final long ENOUGH = 100_000_000;

    /** Nanoseconds of a kernel's turns after which vectors that are still slower have lost. */
    private static final long LONGEST = 10_000_000_000L;

    /** Nanoseconds of a call that is too short to be timed each time. */
    private static final long SHORT = 2_000;

    /** Of short calls one in so many is timed. */
    private static final int SAMPLE = 16;

    private final Form plain = new Form();
    private final Form vectors = new Form();

    /** Without a lock: it may be off by some. */
    private int skip;

    boolean isSkipped() {
        if (skip == 0) {
            return false;
        }
        skip--;
        return true;
    }

    int portion(boolean areVectors) {
        return form(areVectors).portion;
    }

    boolean isTimeForVectors() {
        return vectors.total * SHARE < plain.total - WAIT;
    }

    /**
     * Whether its vectors are worth compiling in a run that is not short.
     *
     * @param all nanoseconds of all kernels
     */
    boolean matters(long all) {
        return plain.total * MATTERS > all && vectors.total < ENOUGH;
    }

    void took(boolean areVectors, long nanoseconds, long work) {
        form(areVectors).took(nanoseconds, work);
        if (!areVectors && nanoseconds < SHORT) {
            skip = SAMPLE - 1;
            plain.total += (SAMPLE - 1) * nanoseconds;
        }
    }

    /** As fast as plain loops is enough: they are faster where the memory is not the limit. */
    boolean haveVectorsWon() {
        return vectors.fastest() <= plain.fastest() + plain.fastest() / 16;
    }

    boolean isTooLong() {
        return plain.total + vectors.total > LONGEST;
    }

    private Form form(boolean areVectors) {
        return areVectors ? vectors : plain;
    }

    /** How long the latest turns of a form took. */
    private static final class Form {
        /** Fills the longest vector. */
        private static final int SHORTEST = 16;

        /** Of more than any kernel's calls: so much is all. */
        private static final int LONGEST = 1 << 20;

        /** Nanoseconds of a turn that is long enough. */
        private static final long TURN = 20_000;

        private static final int LATEST = 8;

        private final long[] latest = new long[LATEST];
        private int portion = SHORTEST;
        private int count;
        private long total;

        Form() {
            Arrays.fill(latest, Long.MAX_VALUE);
        }

        void took(long nanoseconds, long work) {
            total += nanoseconds;
            latest[count++ % LATEST] = (nanoseconds << 10) / Math.max(1, work);
            if (nanoseconds < TURN) {
                portion = 2 * Math.min(portion, LONGEST / 2);
            } else if (nanoseconds > 2 * TURN) {
                portion = Math.max(portion / 2, SHORTEST);
            }
        }

        long fastest() {
            long fastest = Long.MAX_VALUE;
            for (long time : latest) {
                fastest = Math.min(fastest, time);
            }
            return fastest;
        }
    }
}
