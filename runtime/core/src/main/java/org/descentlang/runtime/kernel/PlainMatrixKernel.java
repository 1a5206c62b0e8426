package org.descentlang.runtime.kernel;

/**
 * Tiles of 4 x 4 numbers in registers. HotSpot does not vectorise a loop that writes one {@code float[]} and reads another, since they might
 * be the same array; so this keeps the scalar multiply-add busy instead, which takes 16 independent chains.
 */
final class PlainMatrixKernel implements MatrixKernel {
    private static final int TILE = 4;

    /** Links of the chains at a time: what four columns of B touch stays in the first-level cache for all rows. */
    private static final int DEPTH = 256;

    @Override
    public int lanes() {
        return 4 * TILE;
    }

    @Override
    public void transpose(
            int rows, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        Transposition.run(rows, columns, from, fromAt, fromRow, to, toAt, toRow);
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
        for (int column = 0; column < n; column += TILE) {
            for (int from = 0; from == 0 || from < k; from += DEPTH) {
                int depth = Math.min(DEPTH, k - from);
                int aAt = aStart + from * aColumn;
                int bAt = bStart + from * bRow + column;
                multiplyColumns(
                        m,
                        Math.min(TILE, n - column),
                        depth,
                        a,
                        aAt,
                        aRow,
                        aColumn,
                        b,
                        bAt,
                        bRow,
                        c,
                        cStart + column,
                        cRow,
                        add || from > 0);
            }
        }
    }

    private static void multiplyColumns(
            int m,
            int n,
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
        if (n == TILE) {
            for (; row + TILE <= m; row += TILE) {
                tile(k, a, aStart + row * aRow, aRow, aColumn, b, bAt, bRow, c, cStart + row * cRow, cRow, add);
            }
        }
        for (; row < m; row++) {
            for (int column = 0; column < n; column++) {
                element(
                        k,
                        a,
                        aStart + row * aRow,
                        aColumn,
                        b,
                        bAt + column,
                        bRow,
                        c,
                        cStart + row * cRow + column,
                        add);
            }
        }
    }

    private static void element(
            int k, float[] a, int aAt, int aColumn, float[] b, int bAt, int bRow, float[] c, int cAt, boolean add) {
        float sum = add ? c[cAt] : 0;
        for (int p = 0; p < k; p++) {
            sum = Math.fma(a[aAt + p * aColumn], b[bAt + p * bRow], sum);
        }
        c[cAt] = sum;
    }

    private static void tile(
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
        float sum00 = 0;
        float sum01 = 0;
        float sum02 = 0;
        float sum03 = 0;
        float sum10 = 0;
        float sum11 = 0;
        float sum12 = 0;
        float sum13 = 0;
        float sum20 = 0;
        float sum21 = 0;
        float sum22 = 0;
        float sum23 = 0;
        float sum30 = 0;
        float sum31 = 0;
        float sum32 = 0;
        float sum33 = 0;
        if (add) {
            sum00 = c[cAt];
            sum01 = c[cAt + 1];
            sum02 = c[cAt + 2];
            sum03 = c[cAt + 3];
            sum10 = c[cAt + cRow];
            sum11 = c[cAt + cRow + 1];
            sum12 = c[cAt + cRow + 2];
            sum13 = c[cAt + cRow + 3];
            sum20 = c[cAt + 2 * cRow];
            sum21 = c[cAt + 2 * cRow + 1];
            sum22 = c[cAt + 2 * cRow + 2];
            sum23 = c[cAt + 2 * cRow + 3];
            sum30 = c[cAt + 3 * cRow];
            sum31 = c[cAt + 3 * cRow + 1];
            sum32 = c[cAt + 3 * cRow + 2];
            sum33 = c[cAt + 3 * cRow + 3];
        }
        int aNow = aAt;
        int bNow = bAt;
        for (int p = 0; p < k; p++) {
            float b0 = b[bNow];
            float b1 = b[bNow + 1];
            float b2 = b[bNow + 2];
            float b3 = b[bNow + 3];
            float a0 = a[aNow];
            sum00 = Math.fma(a0, b0, sum00);
            sum01 = Math.fma(a0, b1, sum01);
            sum02 = Math.fma(a0, b2, sum02);
            sum03 = Math.fma(a0, b3, sum03);
            float a1 = a[aNow + aRow];
            sum10 = Math.fma(a1, b0, sum10);
            sum11 = Math.fma(a1, b1, sum11);
            sum12 = Math.fma(a1, b2, sum12);
            sum13 = Math.fma(a1, b3, sum13);
            float a2 = a[aNow + 2 * aRow];
            sum20 = Math.fma(a2, b0, sum20);
            sum21 = Math.fma(a2, b1, sum21);
            sum22 = Math.fma(a2, b2, sum22);
            sum23 = Math.fma(a2, b3, sum23);
            float a3 = a[aNow + 3 * aRow];
            sum30 = Math.fma(a3, b0, sum30);
            sum31 = Math.fma(a3, b1, sum31);
            sum32 = Math.fma(a3, b2, sum32);
            sum33 = Math.fma(a3, b3, sum33);
            aNow += aColumn;
            bNow += bRow;
        }
        c[cAt] = sum00;
        c[cAt + 1] = sum01;
        c[cAt + 2] = sum02;
        c[cAt + 3] = sum03;
        c[cAt + cRow] = sum10;
        c[cAt + cRow + 1] = sum11;
        c[cAt + cRow + 2] = sum12;
        c[cAt + cRow + 3] = sum13;
        c[cAt + 2 * cRow] = sum20;
        c[cAt + 2 * cRow + 1] = sum21;
        c[cAt + 2 * cRow + 2] = sum22;
        c[cAt + 2 * cRow + 3] = sum23;
        c[cAt + 3 * cRow] = sum30;
        c[cAt + 3 * cRow + 1] = sum31;
        c[cAt + 3 * cRow + 2] = sum32;
        c[cAt + 3 * cRow + 3] = sum33;
    }
}
