package org.descentlang.runtime.kernel.vector;

import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.LANES;
import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * As {@link WideTiles}, two vectors wide: six rows take 12 of the 16 registers that AVX2 has. Elsewhere for columns
 * that are too few for four vectors.
 */
final class MediumTiles {
    private MediumTiles() {}

    static void rows6(
            int k,
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
        FloatVector sum0Left = FloatVector.zero(SPECIES);
        FloatVector sum0Right = FloatVector.zero(SPECIES);
        FloatVector sum1Left = FloatVector.zero(SPECIES);
        FloatVector sum1Right = FloatVector.zero(SPECIES);
        FloatVector sum2Left = FloatVector.zero(SPECIES);
        FloatVector sum2Right = FloatVector.zero(SPECIES);
        FloatVector sum3Left = FloatVector.zero(SPECIES);
        FloatVector sum3Right = FloatVector.zero(SPECIES);
        FloatVector sum4Left = FloatVector.zero(SPECIES);
        FloatVector sum4Right = FloatVector.zero(SPECIES);
        FloatVector sum5Left = FloatVector.zero(SPECIES);
        FloatVector sum5Right = FloatVector.zero(SPECIES);
        if (add) {
            sum0Left = FloatVector.fromArray(SPECIES, c, cAt);
            sum0Right = FloatVector.fromArray(SPECIES, c, cAt + LANES);
            sum1Left = FloatVector.fromArray(SPECIES, c, cAt + cRow);
            sum1Right = FloatVector.fromArray(SPECIES, c, cAt + cRow + LANES);
            sum2Left = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow);
            sum2Right = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
            sum3Left = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow);
            sum3Right = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow + LANES);
            sum4Left = FloatVector.fromArray(SPECIES, c, cAt + 4 * cRow);
            sum4Right = FloatVector.fromArray(SPECIES, c, cAt + 4 * cRow + LANES);
            sum5Left = FloatVector.fromArray(SPECIES, c, cAt + 5 * cRow);
            sum5Right = FloatVector.fromArray(SPECIES, c, cAt + 5 * cRow + LANES);
        }
        int aNow = aAt;
        int bNow = bAt;
        for (int p = 0; p < k; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, bNow);
            FloatVector right = FloatVector.fromArray(SPECIES, b, bNow + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[aNow]);
            sum0Left = a0.fma(left, sum0Left);
            sum0Right = a0.fma(right, sum0Right);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[aNow + aRow]);
            sum1Left = a1.fma(left, sum1Left);
            sum1Right = a1.fma(right, sum1Right);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[aNow + 2 * aRow]);
            sum2Left = a2.fma(left, sum2Left);
            sum2Right = a2.fma(right, sum2Right);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[aNow + 3 * aRow]);
            sum3Left = a3.fma(left, sum3Left);
            sum3Right = a3.fma(right, sum3Right);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[aNow + 4 * aRow]);
            sum4Left = a4.fma(left, sum4Left);
            sum4Right = a4.fma(right, sum4Right);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[aNow + 5 * aRow]);
            sum5Left = a5.fma(left, sum5Left);
            sum5Right = a5.fma(right, sum5Right);
            aNow += aColumn;
            bNow += bRow;
        }
        sum0Left.intoArray(c, cAt);
        sum0Right.intoArray(c, cAt + LANES);
        sum1Left.intoArray(c, cAt + cRow);
        sum1Right.intoArray(c, cAt + cRow + LANES);
        sum2Left.intoArray(c, cAt + 2 * cRow);
        sum2Right.intoArray(c, cAt + 2 * cRow + LANES);
        sum3Left.intoArray(c, cAt + 3 * cRow);
        sum3Right.intoArray(c, cAt + 3 * cRow + LANES);
        sum4Left.intoArray(c, cAt + 4 * cRow);
        sum4Right.intoArray(c, cAt + 4 * cRow + LANES);
        sum5Left.intoArray(c, cAt + 5 * cRow);
        sum5Right.intoArray(c, cAt + 5 * cRow + LANES);
    }

    static void row(
            int k,
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
        FloatVector sum0Left = FloatVector.zero(SPECIES);
        FloatVector sum0Right = FloatVector.zero(SPECIES);
        if (add) {
            sum0Left = FloatVector.fromArray(SPECIES, c, cAt);
            sum0Right = FloatVector.fromArray(SPECIES, c, cAt + LANES);
        }
        int aNow = aAt;
        int bNow = bAt;
        for (int p = 0; p < k; p++) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, bNow);
            FloatVector right = FloatVector.fromArray(SPECIES, b, bNow + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[aNow]);
            sum0Left = a0.fma(left, sum0Left);
            sum0Right = a0.fma(right, sum0Right);
            aNow += aColumn;
            bNow += bRow;
        }
        sum0Left.intoArray(c, cAt);
        sum0Right.intoArray(c, cAt + LANES);
    }
}
