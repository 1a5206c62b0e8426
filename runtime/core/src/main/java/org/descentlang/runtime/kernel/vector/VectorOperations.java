package org.descentlang.runtime.kernel.vector;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The operations that kernels use, each computed once before HotSpot compiles any of them.
 *
 * <p>The Vector API fills a table with its operations as they are first used. In code that is compiled already the
 * first use of another one is a surprise, and HotSpot goes back to its interpreter; it counts how often, adds the
 * counts up over all that is inlined in a kernel, and above 100 (its option PerMethodTrapLimit) no longer assumes that
 * vectors are of the one class seen so far. Such a kernel puts its vectors on the heap as long as the process lives
 * (docs/design/0006).
 */
public final class VectorOperations {
    static {
        floats(FloatVector.broadcast(VectorMatrixKernel.SPECIES, 1f));
        doubles(DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, 1.0));
        ints(IntVector.broadcast(IntVector.SPECIES_PREFERRED, 1));
    }

    private VectorOperations() {}

    /** Takes 50 ms, the first time: linking lambdas. */
    public static void load() {}

    private static void floats(FloatVector one) {
        one.add(one).sub(one).mul(one).div(one).min(one).max(one).fma(one, one);
        one.neg().abs().sqrt();
        one.reduceLanes(VectorOperators.MAX);
        one.reduceLanes(VectorOperators.MIN);
        var masked = one.compare(VectorOperators.LE, one).not().and(one.compare(VectorOperators.EQ, one));
        one.blend(one, masked).reinterpretAsInts();
    }

    private static void doubles(DoubleVector one) {
        one.add(one).mul(one);
    }

    private static void ints(IntVector one) {
        one.add(one).sub(one).mul(one).neg();
        one.and(one).or(one);
        one.lanewise(VectorOperators.LSHL, 1).lanewise(VectorOperators.ASHR, 1);
    }
}
