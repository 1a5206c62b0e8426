package org.descentlang.compiler.plan;

import java.util.List;

/**
 * What the cost model knows of a machine, which is not there at compile time: kernels come in a form for each.
 *
 * @param bits of the longest vectors
 * @param registers that hold one
 */
record Machine(int bits, int registers) {
    /** AVX-512, AVX2, NEON. */
    static final List<Machine> ALL = List.of(new Machine(512, 32), new Machine(256, 16), new Machine(128, 32));

    /** Bytes of the second-level cache of a core, and of a line. */
    static final int CACHE = 1 << 20;

    static final int LINE = 64;

    int lanes() {
        return bits / Float.SIZE;
    }
}
