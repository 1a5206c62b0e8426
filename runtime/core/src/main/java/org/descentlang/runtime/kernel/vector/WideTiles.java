package org.descentlang.runtime.kernel.vector;

import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.LANES;
import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of the product four vectors wide and 6 rows or one high, which stay in registers from the first link of their
 * chains in a block to the last. Six rows take 24 of the 32 registers that AVX-512 and NEON have, and each number of A
 * that is spread over a vector serves four multiply-adds.
 *
 * <p>Written out because a loop over accumulators, an array of them or a method that returns one makes HotSpot put each
 * on the heap. The loop over {@code p} is not unrolled: C2 would reorder it and run out of registers.
 */
final class WideTiles {
    private WideTiles() {}

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
        FloatVector sum00 = FloatVector.zero(SPECIES);
        FloatVector sum01 = FloatVector.zero(SPECIES);
        FloatVector sum02 = FloatVector.zero(SPECIES);
        FloatVector sum03 = FloatVector.zero(SPECIES);
        FloatVector sum10 = FloatVector.zero(SPECIES);
        FloatVector sum11 = FloatVector.zero(SPECIES);
        FloatVector sum12 = FloatVector.zero(SPECIES);
        FloatVector sum13 = FloatVector.zero(SPECIES);
        FloatVector sum20 = FloatVector.zero(SPECIES);
        FloatVector sum21 = FloatVector.zero(SPECIES);
        FloatVector sum22 = FloatVector.zero(SPECIES);
        FloatVector sum23 = FloatVector.zero(SPECIES);
        FloatVector sum30 = FloatVector.zero(SPECIES);
        FloatVector sum31 = FloatVector.zero(SPECIES);
        FloatVector sum32 = FloatVector.zero(SPECIES);
        FloatVector sum33 = FloatVector.zero(SPECIES);
        FloatVector sum40 = FloatVector.zero(SPECIES);
        FloatVector sum41 = FloatVector.zero(SPECIES);
        FloatVector sum42 = FloatVector.zero(SPECIES);
        FloatVector sum43 = FloatVector.zero(SPECIES);
        FloatVector sum50 = FloatVector.zero(SPECIES);
        FloatVector sum51 = FloatVector.zero(SPECIES);
        FloatVector sum52 = FloatVector.zero(SPECIES);
        FloatVector sum53 = FloatVector.zero(SPECIES);
        if (add) {
            sum00 = FloatVector.fromArray(SPECIES, c, cAt);
            sum01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
            sum02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
            sum03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
            sum10 = FloatVector.fromArray(SPECIES, c, cAt + cRow);
            sum11 = FloatVector.fromArray(SPECIES, c, cAt + cRow + LANES);
            sum12 = FloatVector.fromArray(SPECIES, c, cAt + cRow + 2 * LANES);
            sum13 = FloatVector.fromArray(SPECIES, c, cAt + cRow + 3 * LANES);
            sum20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow);
            sum21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow + LANES);
            sum22 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow + 2 * LANES);
            sum23 = FloatVector.fromArray(SPECIES, c, cAt + 2 * cRow + 3 * LANES);
            sum30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow);
            sum31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow + LANES);
            sum32 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow + 2 * LANES);
            sum33 = FloatVector.fromArray(SPECIES, c, cAt + 3 * cRow + 3 * LANES);
            sum40 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cRow);
            sum41 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cRow + LANES);
            sum42 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cRow + 2 * LANES);
            sum43 = FloatVector.fromArray(SPECIES, c, cAt + 4 * cRow + 3 * LANES);
            sum50 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cRow);
            sum51 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cRow + LANES);
            sum52 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cRow + 2 * LANES);
            sum53 = FloatVector.fromArray(SPECIES, c, cAt + 5 * cRow + 3 * LANES);
        }
        int aNow = aAt;
        int bNow = bAt;
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bNow);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bNow + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, b, bNow + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, b, bNow + 3 * LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[aNow]);
            sum00 = a0.fma(b0, sum00);
            sum01 = a0.fma(b1, sum01);
            sum02 = a0.fma(b2, sum02);
            sum03 = a0.fma(b3, sum03);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[aNow + aRow]);
            sum10 = a1.fma(b0, sum10);
            sum11 = a1.fma(b1, sum11);
            sum12 = a1.fma(b2, sum12);
            sum13 = a1.fma(b3, sum13);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[aNow + 2 * aRow]);
            sum20 = a2.fma(b0, sum20);
            sum21 = a2.fma(b1, sum21);
            sum22 = a2.fma(b2, sum22);
            sum23 = a2.fma(b3, sum23);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[aNow + 3 * aRow]);
            sum30 = a3.fma(b0, sum30);
            sum31 = a3.fma(b1, sum31);
            sum32 = a3.fma(b2, sum32);
            sum33 = a3.fma(b3, sum33);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[aNow + 4 * aRow]);
            sum40 = a4.fma(b0, sum40);
            sum41 = a4.fma(b1, sum41);
            sum42 = a4.fma(b2, sum42);
            sum43 = a4.fma(b3, sum43);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[aNow + 5 * aRow]);
            sum50 = a5.fma(b0, sum50);
            sum51 = a5.fma(b1, sum51);
            sum52 = a5.fma(b2, sum52);
            sum53 = a5.fma(b3, sum53);
            aNow += aColumn;
            bNow += bRow;
        }
        sum00.intoArray(c, cAt);
        sum01.intoArray(c, cAt + LANES);
        sum02.intoArray(c, cAt + 2 * LANES);
        sum03.intoArray(c, cAt + 3 * LANES);
        sum10.intoArray(c, cAt + cRow);
        sum11.intoArray(c, cAt + cRow + LANES);
        sum12.intoArray(c, cAt + cRow + 2 * LANES);
        sum13.intoArray(c, cAt + cRow + 3 * LANES);
        sum20.intoArray(c, cAt + 2 * cRow);
        sum21.intoArray(c, cAt + 2 * cRow + LANES);
        sum22.intoArray(c, cAt + 2 * cRow + 2 * LANES);
        sum23.intoArray(c, cAt + 2 * cRow + 3 * LANES);
        sum30.intoArray(c, cAt + 3 * cRow);
        sum31.intoArray(c, cAt + 3 * cRow + LANES);
        sum32.intoArray(c, cAt + 3 * cRow + 2 * LANES);
        sum33.intoArray(c, cAt + 3 * cRow + 3 * LANES);
        sum40.intoArray(c, cAt + 4 * cRow);
        sum41.intoArray(c, cAt + 4 * cRow + LANES);
        sum42.intoArray(c, cAt + 4 * cRow + 2 * LANES);
        sum43.intoArray(c, cAt + 4 * cRow + 3 * LANES);
        sum50.intoArray(c, cAt + 5 * cRow);
        sum51.intoArray(c, cAt + 5 * cRow + LANES);
        sum52.intoArray(c, cAt + 5 * cRow + 2 * LANES);
        sum53.intoArray(c, cAt + 5 * cRow + 3 * LANES);
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
        FloatVector sum00 = FloatVector.zero(SPECIES);
        FloatVector sum01 = FloatVector.zero(SPECIES);
        FloatVector sum02 = FloatVector.zero(SPECIES);
        FloatVector sum03 = FloatVector.zero(SPECIES);
        if (add) {
            sum00 = FloatVector.fromArray(SPECIES, c, cAt);
            sum01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
            sum02 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
            sum03 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        }
        int aNow = aAt;
        int bNow = bAt;
        for (int p = 0; p < k; p++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, bNow);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, bNow + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, b, bNow + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, b, bNow + 3 * LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[aNow]);
            sum00 = a0.fma(b0, sum00);
            sum01 = a0.fma(b1, sum01);
            sum02 = a0.fma(b2, sum02);
            sum03 = a0.fma(b3, sum03);
            aNow += aColumn;
            bNow += bRow;
        }
        sum00.intoArray(c, cAt);
        sum01.intoArray(c, cAt + LANES);
        sum02.intoArray(c, cAt + 2 * LANES);
        sum03.intoArray(c, cAt + 3 * LANES);
    }
}
