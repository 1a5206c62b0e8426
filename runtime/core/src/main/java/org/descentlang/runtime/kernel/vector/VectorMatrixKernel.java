package org.descentlang.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.descentlang.runtime.kernel.MatrixKernel;

/** Matrix products in registers, with the widest vectors that the machine has. */
public final class VectorMatrixKernel implements MatrixKernel {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    /** AVX2 is the one kind with 16 registers: eight rows of two vectors would spill. */
    private static final boolean TALL = LANES != 8;

    /** Links of the chains at a time: a block of B, so deep and two vectors wide, stays in the first-level cache for all rows. */
    private static final int DEPTH = 256;

    /** Of the longest vectors that the machine is fast with. */
    public static int bits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public int panel() {
        return 2 * LANES;
    }

    @Override
    public void multiply(
            int m,
            int n,
            int k,
            float[] a,
            int aStart,
            int aRow,
            int aColumn,
            float[] b,
            int bStart,
            int bRow,
            float[] c,
            int cStart,
            int cRow,
            boolean add) {
        for (int column = 0; column < n; ) {
            boolean isWide = n - column >= panel();
            int columns = Math.min(isWide ? panel() : LANES, n - column);
            for (int from = 0; from == 0 || from < k; from += DEPTH) {
                int depth = Math.min(DEPTH, k - from);
                int aAt = aStart + from * aColumn;
                int bAt = bStart + from * bRow + column;
                boolean more = add || from > 0;
                if (isWide) {
                    wide(m, depth, a, aAt, aRow, aColumn, b, bAt, bRow, c, cStart + column, cRow, more);
                } else {
                    narrow(m, depth, columns, a, aAt, aRow, aColumn, b, bAt, bRow, c, cStart + column, cRow, more);
                }
            }
            column += columns;
        }
    }

    private static void wide(
            int m,
            int k,
            float[] a,
            int aStart,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cStart,
            int cRow,
            boolean add) {
        int row = 0;
        for (; TALL && row + 8 <= m; row += 8) {
            WideTiles.rows8(k, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
        }
        for (; row + 4 <= m; row += 4) {
            WideTiles.rows4(k, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
        }
        for (; row < m; row++) {
            WideTiles.row(k, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
        }
    }

    private static void narrow(
            int m,
            int k,
            int columns,
            float[] a,
            int aStart,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] c,
            int cStart,
            int cRow,
            boolean add) {
        int row = 0;
        for (; row + 4 <= m; row += 4) {
            NarrowTiles.rows4(
                    k, columns, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
        }
        for (; row < m; row++) {
            NarrowTiles.row(
                    k, columns, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
        }
    }
}
