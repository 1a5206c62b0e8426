package org.descentlang.runtime.kernel.matrix;

import java.util.Arrays;

/**
 * Plain loops that HotSpot makes vectors of. It does not where one {@code float[]} is written and another one read,
 * since they might be the same array, shifted; in one array, at distances that are constants, it knows better. So four
 * rows of C and two of B are copied to where that holds. More of them make a loop that HotSpot (25) refuses.
 */
public final class PlainMatrixKernel implements MatrixKernel {
    private static final int ROWS = 4;
    private static final int LINKS = 2;

    /** Columns at a time: HotSpot's loop does up to 16 of them one by one, until it is aligned and at its end. */
    private static final int COLUMNS = 256;

    /** Where {@link #own} has rows of B, and what they are multiplied with. It begins with rows of C. */
    private static final int OF_B = ROWS * COLUMNS;

    private static final int OF_A = OF_B + LINKS * COLUMNS;

    private final ThreadLocal<float[]> own = ThreadLocal.withInitial(() -> new float[OF_A + ROWS * LINKS]);

    @Override
    public int lanes() {
        return 16;
    }

    @Override
    public int panel(int tile) {
        return COLUMNS;
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
            boolean add,
            int tile) {
        float[] s = own.get();
        for (int column = 0; column < n; column += COLUMNS) {
            int columns = Math.min(COLUMNS, n - column);
            for (int row = 0; row < m; row += ROWS) {
                int height = Math.min(ROWS, m - row);
                int cAt = cStart + row * cRow + column;
                if (add) {
                    copy(height, columns, c, cAt, cRow, s, 0, COLUMNS);
                } else {
                    Arrays.fill(s, 0, OF_B, 0);
                }
                int aAt = aStart + row * aRow;
                multiplyRows(height, columns, k, a, aAt, aRow, aColumn, b, bStart + column, bRow, s);
                copy(height, columns, s, 0, COLUMNS, c, cAt, cRow);
            }
        }
    }

    private static void multiplyRows(
            int height,
            int columns,
            int k,
            float[] a,
            int aAt,
            int aRow,
            int aColumn,
            float[] b,
            int bAt,
            int bRow,
            float[] s) {
        Arrays.fill(s, OF_A, s.length, 0);
        for (int link = 0; link < k; link += LINKS) {
            int links = Math.min(LINKS, k - link);
            if (links < LINKS) {
                // What is missing is 0 times -0, which changes no sum, not even one of -0.
                Arrays.fill(s, OF_A, s.length, 0);
                Arrays.fill(s, OF_B + links * COLUMNS, OF_A, -0f);
            }
            copy(links, columns, b, bAt + link * bRow, bRow, s, OF_B, COLUMNS);
            for (int i = 0; i < height; i++) {
                for (int p = 0; p < links; p++) {
                    s[OF_A + i * LINKS + p] = a[aAt + i * aRow + (link + p) * aColumn];
                }
            }
            addLinks(columns, s);
        }
    }

    private static void copy(
            int height, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int row = 0; row < height; row++) {
            System.arraycopy(from, fromAt + row * fromRow, to, toAt + row * toRow, columns);
        }
    }

    private static void addLinks(int columns, float[] s) {
        float a00 = s[OF_A];
        float a01 = s[OF_A + 1];
        float a10 = s[OF_A + 2];
        float a11 = s[OF_A + 3];
        float a20 = s[OF_A + 4];
        float a21 = s[OF_A + 5];
        float a30 = s[OF_A + 6];
        float a31 = s[OF_A + 7];
        for (int j = 0; j < columns; j++) {
            float b0 = s[j + OF_B];
            float b1 = s[j + OF_B + COLUMNS];
            s[j] = Math.fma(a01, b1, Math.fma(a00, b0, s[j]));
            s[j + COLUMNS] = Math.fma(a11, b1, Math.fma(a10, b0, s[j + COLUMNS]));
            s[j + 2 * COLUMNS] = Math.fma(a21, b1, Math.fma(a20, b0, s[j + 2 * COLUMNS]));
            s[j + 3 * COLUMNS] = Math.fma(a31, b1, Math.fma(a30, b0, s[j + 3 * COLUMNS]));
        }
    }
}
