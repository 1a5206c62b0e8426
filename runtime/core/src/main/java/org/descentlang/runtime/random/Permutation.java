package org.descentlang.runtime.random;

/** Random orders, a pure function of (seed, draw, place). */
public final class Permutation {
    private Permutation() {}

    /**
     * Shuffles in place.
     *
     * <p>Durstenfeld: Algorithm 235, random permutation. 1964. Positions come from 32 random bits times the number of
     * choices (Lemire 2019); the remaining bias is below {@code values.length} / 2^32.
     */
    public static void shuffle(int[] values, long seed, long draw, int place) {
        for (int last = values.length - 1; last > 0; last--) {
            long bits = Integer.toUnsignedLong(Philox.bits(seed, draw, place, last));
            int chosen = (int) (bits * (last + 1) >>> 32);
            int value = values[chosen];
            values[chosen] = values[last];
            values[last] = value;
        }
    }
}
