package org.descentlang.compiler.op;

/**
 * The counter-based generator Philox4x32-10: a block of four 32-bit words is a pure function of a counter and a key.
 *
 * <p>Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC 2011, section 4.3.
 */
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /** The four words at counter (c0, c1, c2, c3) under key (k0, k1). */
    public static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
        int[] words = {c0, c1, c2, c3};
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * Integer.toUnsignedLong(words[0]);
            long product1 = MULTIPLIER_1 * Integer.toUnsignedLong(words[2]);
            words[0] = (int) (product1 >>> 32) ^ words[1] ^ (k0 + round * WEYL_0);
            words[2] = (int) (product0 >>> 32) ^ words[3] ^ (k1 + round * WEYL_1);
            words[1] = (int) product1;
            words[3] = (int) product0;
        }
        return words;
    }

    /** The upper 24 bits as a number in [0, 1): exact in float and in double. */
    public static double uniform(int word) {
        return (word >>> 8) * 0x1p-24;
    }

    /**
     * Two independent numbers of the standard normal distribution from two words.
     *
     * <p>Box, Muller: A note on the generation of random normal deviates. 1958. One minus the first uniform is never
     * zero.
     */
    public static double[] normals(int word0, int word1) {
        double radius = Math.sqrt(-2 * Math.log(1 - uniform(word0)));
        double angle = 2 * Math.PI * uniform(word1);
        return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
    }
}
