package org.descentlang.runtime.tornado;

import org.descentlang.runtime.training.StepScalars;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;

/**
 * Where things stand in the array `numbers`, which the host uploads for each program: generated kernels read them
 * there.
 */
final class Numbers {
    static final int ROWS = 0;

    /** In 32 bits each, low before high. */
    static final int SEED = 1;

    static final int DRAW = 3;
    static final int UPDATE = 5;
    static final int HYPERPARAMETERS = 6;

    private static final long LOW = 0xffffffffL;

    private Numbers() {}

    /** Those that the host is given; others follow from them. */
    static void set(DoubleArray numbers, int rows, StepScalars now) {
        numbers.set(ROWS, rows);
        words(numbers, SEED, now.seed);
        words(numbers, DRAW, now.draw);
        numbers.set(UPDATE, (double) now.update);
        for (int i = 0; i < now.hyperparameters.length; i++) {
            numbers.set(HYPERPARAMETERS + i, now.hyperparameters[i]);
        }
    }

    private static void words(DoubleArray numbers, int position, long value) {
        numbers.set(position, (int) (value & LOW));
        numbers.set(position + 1, (int) (value >>> 32));
    }
}
