package org.descentlang.runtime.tornado;

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

    private Numbers() {}
}
