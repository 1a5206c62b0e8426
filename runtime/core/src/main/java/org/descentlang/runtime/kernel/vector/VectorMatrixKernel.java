package org.descentlang.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.descentlang.runtime.kernel.matrix.MatrixKernel;
import org.descentlang.runtime.kernel.matrix.Transposition;

/** Matrix products in registers, with the widest vectors that the machine has. */
public final class VectorMatrixKernel implements MatrixKernel {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    /** Of the longest vectors that the machine is fast with. */
    public static int bits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int panel(int tile) {
        return tile;
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
            boolean add,
            int tile) {
        int column = 0;
        for (; tile >= 4 * LANES && n - column >= 4 * LANES; column += 4 * LANES) {
            wide(m, k, a, aStart, aRow, aColumn, b, bStart + column, bRow, c, cStart + column, cRow, add);
        }
        for (; tile >= 2 * LANES && n - column >= 2 * LANES; column += 2 * LANES) {
            medium(m, k, a, aStart, aRow, aColumn, b, bStart + column, bRow, c, cStart + column, cRow, add);
        }
        for (; column < n; column += LANES) {
            int columns = Math.min(LANES, n - column);
            narrow(m, k, columns, a, aStart, aRow, aColumn, b, bStart + column, bRow, c, cStart + column, cRow, add);
        }
    }

    @Override
    public void transpose(
            int rows, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        int size = TransposedTile.SIZE;
        int whole = rows - rows % size;
        int wholeColumns = columns - columns % size;
        for (int row = 0; row < whole; row += size) {
            for (int column = 0; column < wholeColumns; column += size) {
                int at = fromAt + row * fromRow + column;
                TransposedTile.copy(from, at, fromRow, to, toAt + column * toRow + row, toRow);
            }
        }
        int right = columns - wholeColumns;
        Transposition.run(whole, right, from, fromAt + wholeColumns, fromRow, to, toAt + wholeColumns * toRow, toRow);
        Transposition.run(rows - whole, columns, from, fromAt + whole * fromRow, fromRow, to, toAt + whole, toRow);
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
        for (; row + 6 <= m; row += 6) {
            WideTiles.rows6(k, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
        }
        for (; row < m; row++) {
            WideTiles.row(k, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
        }
    }

    private static void medium(
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
        for (; row + 6 <= m; row += 6) {
            MediumTiles.rows6(
                    k, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
        }
        for (; row < m; row++) {
            MediumTiles.row(k, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
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
