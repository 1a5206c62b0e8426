package org.descentlang.runtime.kernel.vector;

import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * As {@link WideTiles}, for the last columns: at most one vector wide, under a mask. A mask that came as an argument
 * would be put on the heap.
 */
final class NarrowTiles {
    private NarrowTiles() {}

    static void rows4(
            int k,
            int columns,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow,
            boolean add) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, columns);
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = FloatVector.zero(SPECIES);
        FloatVector sum2 = FloatVector.zero(SPECIES);
        FloatVector sum3 = FloatVector.zero(SPECIES);
        if (add) {
            sum0 = FloatVector.fromArray(SPECIES, c, cAt, mask);
            sum1 = FloatVector.fromArray(SPECIES, c, cAt + cRow, mask);
            sum2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow, mask);
            sum3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow, mask);
        }
        int aNow = aAt;
        int bNow = bAt;
        for (int p = 0; p < k; p++) {
            FloatVector right = FloatVector.fromArray(SPECIES, b, bNow, mask);
            sum0 = FloatVector.broadcast(SPECIES, a[aNow]).fma(right, sum0);
            sum1 = FloatVector.broadcast(SPECIES, a[aNow + aRow]).fma(right, sum1);
            sum2 = FloatVector.broadcast(SPECIES, a[aNow + 2 * aRow]).fma(right, sum2);
            sum3 = FloatVector.broadcast(SPECIES, a[aNow + 3 * aRow]).fma(right, sum3);
            aNow += aColumn;
            bNow += bRow;
        }
        sum0.intoArray(c, cAt, mask);
        sum1.intoArray(c, cAt + cRow, mask);
        sum2.intoArray(c, cAt + 2 * cRow, mask);
        sum3.intoArray(c, cAt + 3 * cRow, mask);
    }

    static void row(
            int k,
            int columns,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cAt,
            int cRow,
            boolean add) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, columns);
        FloatVector sum0 = FloatVector.zero(SPECIES);
        if (add) {
            sum0 = FloatVector.fromArray(SPECIES, c, cAt, mask);
        }
        int aNow = aAt;
        int bNow = bAt;
        for (int p = 0; p < k; p++) {
            FloatVector right = FloatVector.fromArray(SPECIES, b, bNow, mask);
            sum0 = FloatVector.broadcast(SPECIES, a[aNow]).fma(right, sum0);
            aNow += aColumn;
            bNow += bRow;
        }
        sum0.intoArray(c, cAt, mask);
    }
}
