package org.descentlang.runtime.random;

/**
 * Random numbers as a pure function of where they are used: the counter-based generator Philox4x32-10.
 *
 * <p>Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC 2011, section 4.3. Element
 * {@code index} of stream ({@code seed}, {@code draw}, {@code place}) is word {@code index mod 4} of the block at
 * counter (index / 4, place, draw low, draw high) under the key (seed low, seed high).
 */
public final class Philox {
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;
    private static final long UNSIGNED = 0xffffffffL;
    private static final int BLOCK = 4;

    private Philox() {}

    /** Uniform in [0, 1), a multiple of 2^-24. */
    public static float uniform(long seed, long draw, int place, long index) {
        return toUniform(bits(seed, draw, place, index));
    }

    /**
     * Mean 0, deviation 1: the uniforms at an even index and the next one make two normals.
     *
     * <p>Box, Muller: A note on the generation of random normal deviates. 1958.
     */
    public static float normal(long seed, long draw, int place, long index) {
        float first = uniform(seed, draw, place, index & ~1L);
        float second = uniform(seed, draw, place, index | 1L);
        return (float) boxMuller(first, second, (index & 1) == 0);
    }

    /** 32 uniform bits. */
    public static int bits(long seed, long draw, int place, long index) {
        return word(
                (int) (index >>> 2),
                place,
                (int) draw,
                (int) (draw >>> 32),
                (int) seed,
                (int) (seed >>> 32),
                (int) index & 3);
    }

    /** Elements {@code first .. first + count - 1} of a stream to {@code target} from {@code offset}. */
    public static void fillUniform(long seed, long draw, int place, long first, float[] target, int offset, int count) {
        int done = 0;
        for (; done < count && (first + done) % BLOCK != 0; done++) {
            target[offset + done] = uniform(seed, draw, place, first + done);
        }
        for (; done + BLOCK <= count; done += BLOCK) {
            fillBlock(seed, draw, place, (int) ((first + done) >>> 2), target, offset + done);
        }
        for (; done < count; done++) {
            target[offset + done] = uniform(seed, draw, place, first + done);
        }
    }

    /** Elements {@code first .. first + count - 1} of a stream to {@code target} from {@code offset}. */
    public static void fillNormal(long seed, long draw, int place, long first, float[] target, int offset, int count) {
        int done = 0;
        if (count > 0 && first % 2 != 0) {
            target[offset] = normal(seed, draw, place, first);
            done = 1;
        }
        int pairs = (count - done) / 2;
        fillUniform(seed, draw, place, first + done, target, offset + done, 2 * pairs);
        for (; done + 2 <= count; done += 2) {
            float first01 = target[offset + done];
            float second01 = target[offset + done + 1];
            target[offset + done] = (float) boxMuller(first01, second01, true);
            target[offset + done + 1] = (float) boxMuller(first01, second01, false);
        }
        if (done < count) {
            target[offset + done] = normal(seed, draw, place, first + done);
        }
    }

    private static double boxMuller(double first, double second, boolean cosine) {
        double radius = Math.sqrt(-2 * Math.log(1 - first));
        double angle = 2 * Math.PI * second;
        return radius * (cosine ? Math.cos(angle) : Math.sin(angle));
    }

    private static float toUniform(int word) {
        return (word >>> 8) * 0x1p-24f;
    }

    /** Word {@code which} of the block at counter (c0, c1, c2, c3) under key (k0, k1). */
    static int word(int c0, int c1, int c2, int c3, int k0, int k1, int which) {
        int x0 = c0;
        int x1 = c1;
        int x2 = c2;
        int x3 = c3;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (x0 & UNSIGNED);
            long product1 = MULTIPLIER_1 * (x2 & UNSIGNED);
            x0 = (int) (product1 >>> 32) ^ x1 ^ (k0 + round * WEYL_0);
            x2 = (int) (product0 >>> 32) ^ x3 ^ (k1 + round * WEYL_1);
            x1 = (int) product1;
            x3 = (int) product0;
        }
        return switch (which) {
            case 0 -> x0;
            case 1 -> x1;
            case 2 -> x2;
            default -> x3;
        };
    }

    /** The same rounds as {@link #word}, written out again so that four numbers cost one block and no array. */
    private static void fillBlock(long seed, long draw, int place, int block, float[] target, int offset) {
        int x0 = block;
        int x1 = place;
        int x2 = (int) draw;
        int x3 = (int) (draw >>> 32);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (x0 & UNSIGNED);
            long product1 = MULTIPLIER_1 * (x2 & UNSIGNED);
            x0 = (int) (product1 >>> 32) ^ x1 ^ (k0 + round * WEYL_0);
            x2 = (int) (product0 >>> 32) ^ x3 ^ (k1 + round * WEYL_1);
            x1 = (int) product1;
            x3 = (int) product0;
        }
        target[offset] = toUniform(x0);
        target[offset + 1] = toUniform(x1);
        target[offset + 2] = toUniform(x2);
        target[offset + 3] = toUniform(x3);
    }
}
