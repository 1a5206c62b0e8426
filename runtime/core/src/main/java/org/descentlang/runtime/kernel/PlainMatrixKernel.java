package org.descentlang.runtime.kernel;

import java.util.Arrays;

/** Loops that HotSpot vectorises: along a row of B and C, four links of the chains at a time. */
final class PlainMatrixKernel implements MatrixKernel {
    /** Columns whose rows of B stay in the first-level cache for the next row of A. */
    private static final int COLUMNS = 512;

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
        for (int from = 0; from < n; from += COLUMNS) {
            int columns = Math.min(COLUMNS, n - from);
            for (int i = 0; i < m; i++) {
                int cAt = cStart + i * cRow + from;
                if (!add) {
                    Arrays.fill(c, cAt, cAt + columns, 0);
                }
                addRow(columns, k, a, aStart + i * aRow, aColumn, b, bStart + from, bRow, c, cAt);
            }
        }
    }

    private static void addRow(
            int n, int k, float[] a, int aAt, int aColumn, float[] b, int bAt, int bRow, float[] c, int cAt) {
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            int at = aAt + p * aColumn;
            addFour(
                    n,
                    a[at],
                    a[at + aColumn],
                    a[at + 2 * aColumn],
                    a[at + 3 * aColumn],
                    b,
                    bAt + p * bRow,
                    bRow,
                    c,
                    cAt);
        }
        for (; p < k; p++) {
            addOne(n, a[aAt + p * aColumn], b, bAt + p * bRow, c, cAt);
        }
    }

    private static void addFour(
            int n, float a0, float a1, float a2, float a3, float[] b, int b0, int bRow, float[] c, int cAt) {
        int b1 = b0 + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        for (int j = 0; j < n; j++) {
            float sum = Math.fma(a1, b[b1 + j], Math.fma(a0, b[b0 + j], c[cAt + j]));
            c[cAt + j] = Math.fma(a3, b[b3 + j], Math.fma(a2, b[b2 + j], sum));
        }
    }

    private static void addOne(int n, float a, float[] b, int bAt, float[] c, int cAt) {
        for (int j = 0; j < n; j++) {
            c[cAt + j] = Math.fma(a, b[bAt + j], c[cAt + j]);
        }
    }
}
