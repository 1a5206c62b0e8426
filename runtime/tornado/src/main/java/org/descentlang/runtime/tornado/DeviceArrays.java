package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Arrays that devices share with the host, at first all zero. TornadoVM has no empty ones. */
final class DeviceArrays {
    private DeviceArrays() {}

    static FloatArray floats(int size) {
        var array = new FloatArray(Math.max(1, size));
        array.init(0);
        return array;
    }

    static IntArray ints(int size) {
        var array = new IntArray(Math.max(1, size));
        array.init(0);
        return array;
    }

    static DoubleArray doubles(int size) {
        var array = new DoubleArray(Math.max(1, size));
        array.init(0);
        return array;
    }

    static void copy(float[] from, FloatArray to) {
        for (int i = 0; i < from.length; i++) {
            to.set(i, from[i]);
        }
    }

    static void copy(int[] from, IntArray to) {
        for (int i = 0; i < from.length; i++) {
            to.set(i, from[i]);
        }
    }

    static void copy(FloatArray from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from.get(i);
        }
    }
}
