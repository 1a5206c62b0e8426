package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Random numbers on a device, the same bits as {@link org.descentlang.runtime.random.Philox} gives on the CPU.
 * TornadoVM shifts with the sign whatever is asked for, so the sign is cut off afterwards.
 */
public final class DeviceRandom {
    private static final long UNSIGNED = 0xffffffffL;
    private static final int ROUNDS = 10;

    private DeviceRandom() {}

    /** In [0, 1), a multiple of 2^-24: element {@code index} of a stream. */
    public static float uniform(int index, int place, int drawLow, int drawHigh, int seedLow, int seedHigh) {
        int x0 = (index >> 2) & 0x3fffffff;
        int x1 = place;
        int x2 = drawLow;
        int x3 = drawHigh;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = 0xD2511F53L * (x0 & UNSIGNED);
            long product1 = 0xCD9E8D57L * (x2 & UNSIGNED);
            x0 = (int) (product1 >> 32) ^ x1 ^ (seedLow + round * 0x9E3779B9);
            x2 = (int) (product0 >> 32) ^ x3 ^ (seedHigh + round * 0xBB67AE85);
            x1 = (int) product1;
            x3 = (int) product0;
        }
        int which = index & 3;
        int word = which == 0 ? x0 : which == 1 ? x1 : which == 2 ? x2 : x3;
        return ((word >> 8) & 0xffffff) * 0x1p-24f;
    }

    /** Mean 0, deviation 1 (Box-Muller): the uniforms at an even index and the next one make two normals. */
    public static float normal(int index, int place, int drawLow, int drawHigh, int seedLow, int seedHigh) {
        int even = index & -2;
        double first = uniform(even, place, drawLow, drawHigh, seedLow, seedHigh);
        double second = uniform(even + 1, place, drawLow, drawHigh, seedLow, seedHigh);
        double radius = TornadoMath.sqrt(-2.0 * TornadoMath.log(1.0 - first));
        double angle = 6.283185307179586 * second;
        double turned = even == index ? TornadoMath.cos(angle) : TornadoMath.sin(angle);
        return (float) (radius * turned);
    }
}
