package org.descentlang.runtime.data;

import org.descentlang.runtime.UserException;
import org.descentlang.runtime.kernel.ArraySize;

/** Looks before it leaps: sizes come from files that nobody has checked. */
final class Memory {
    /** The share of the heap that data may take: parameters and the step need some too. */
    private static final double SHARE = 0.8;

    private Memory() {}

    static float[] floats(String what, long examples, int width) {
        return new float[elements(what, examples, width)];
    }

    static int[] integers(String what, long examples, int width) {
        return new int[elements(what, examples, width)];
    }

    private static int elements(String what, long examples, int width) {
        // 128 bits are not needed: both are below 2^63 / 2^31 once the first test passed.
        if (examples > ArraySize.MOST / Math.max(1, width)) {
            throw new UserException("%s has %,d examples of %,d values, but an array holds at most %,d"
                    .formatted(what, examples, width, ArraySize.MOST));
        }
        ArraySize.requireHeap(what, examples * width * Float.BYTES, SHARE);
        return (int) (examples * width);
    }
}
