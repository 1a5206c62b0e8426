package org.descentlang.runtime.kernel;

import org.descentlang.runtime.thread.Team;

/**
 * Matrix products of row-major matrices inside {@code float[]} slabs, on a team of threads. The bits do not depend on the number of
 * threads, nor on whether the Vector API is there (see {@link MatrixKernel}). One product at a time; nothing is allocated after the first
 * product of the largest size.
 */
public final class MatrixProducts {
    /** Multiply-adds that are worth a second thread: about two microseconds of one. */
    private static final long WORTH_A_PART = 64 * 1024;

    /** Blocks of columns are multiples of it: two vectors of the longest kind. */
    private static final int COLUMNS_UNIT = 32;

    /** Elements of B from which on a copy of a panel, read by every tile of rows, is cheaper than B's long rows. */
    private static final long WORTH_A_COPY = 512 * 1024;

    /** Rows of A that make up for the copy. */
    private static final int ROWS_WORTH_A_COPY = 128;

    private final Team team;
    private final MatrixKernel kernel;
    private final Team.Task part = this::runPart;

    /** For each part, a panel of B. */
    private float[] scratch = new float[0];

    // The product at hand: fields, because an argument captured by a lambda would be an allocation a step.
    private boolean transposeA;
    private boolean transposeB;
    private int m;
    private int n;
    private int k;
    private float[] a = scratch;
    private int aStart;
    private float[] b = scratch;
    private int bStart;
    private float[] c = scratch;
    private int cStart;
    private boolean add;
    private boolean copyAll;
    private int panel;
    private int scratchOfPart;
    private int rowsOfPart;
    private int columnsOfPart;
    private int partsAcross;

    public MatrixProducts(Team team) {
        this(team, Kernels.matrixKernel());
    }

    MatrixProducts(Team team, MatrixKernel kernel) {
        this.team = team;
        this.kernel = kernel;
    }

    /**
     * C [m, n] = A B, or C += A B with {@code add}.
     *
     * @param transposeA whether A is stored as [k, m] instead of [m, k]
     * @param transposeB whether B is stored as [n, k] instead of [k, n]
     */
    public void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            int aStart,
            float[] b,
            int bStart,
            float[] c,
            int cStart,
            boolean add) {
        if (m == 0 || n == 0) {
            return;
        }
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        this.m = m;
        this.n = n;
        this.k = k;
        this.a = a;
        this.aStart = aStart;
        this.b = b;
        this.bStart = bStart;
        this.c = c;
        this.cStart = cStart;
        this.add = add;
        int parts = divide();
        panel = kernel.panel();
        copyAll = transposeB || (long) n * k >= WORTH_A_COPY && m >= ROWS_WORTH_A_COPY;
        scratchOfPart = panel * k;
        if (copyAll && scratch.length < parts * scratchOfPart) {
            scratch = new float[parts * scratchOfPart];
        }
        team.run(part, parts);
    }

    /** {@code count} products of operands that follow each other at the given strides; a stride of 0 shares an operand. */
    public void multiplyEach(
            int count,
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            float[] a,
            int aStart,
            int aStride,
            float[] b,
            int bStart,
            int bStride,
            float[] c,
            int cStart,
            int cStride,
            boolean add) {
        for (int i = 0; i < count; i++) {
            multiply(
                    transposeA,
                    transposeB,
                    m,
                    n,
                    k,
                    a,
                    aStart + i * aStride,
                    b,
                    bStart + i * bStride,
                    c,
                    cStart + i * cStride,
                    add);
        }
    }

    /** Columns first, since rows of A then meet a shorter B; rows where there are few columns. */
    private int divide() {
        long parts = Math.max(1, Math.min(team.threads(), (long) m * n * k / WORTH_A_PART));
        int across = (int) Math.min(parts, Math.max(1, n / COLUMNS_UNIT));
        int down = (int) Math.min(parts / across, m);
        columnsOfPart = across == 1 ? n : multiple(n, across, COLUMNS_UNIT);
        rowsOfPart = multiple(m, down, 1);
        partsAcross = Math.ceilDiv(n, columnsOfPart);
        return partsAcross * Math.ceilDiv(m, rowsOfPart);
    }

    private void runPart(int number) {
        int row = number / partsAcross * rowsOfPart;
        int column = number % partsAcross * columnsOfPart;
        int rows = Math.min(rowsOfPart, m - row);
        int end = Math.min(column + columnsOfPart, n);
        int own = number * scratchOfPart;
        if (!copyAll) {
            multiply(row, rows, end - column, b, bStart + column, n, cStart + row * n + column);
            return;
        }
        for (; column < end; column += panel) {
            multiplyPanel(row, rows, column, Math.min(panel, end - column), own);
        }
    }

    /** With a copy of B's columns. */
    private void multiplyPanel(int row, int rows, int column, int columns, int own) {
        if (transposeB) {
            transpose(b, bStart + column * k, columns, k, scratch, own, columns);
        } else {
            copy(k, columns, b, bStart + column, n, scratch, own, columns);
        }
        multiply(row, rows, columns, scratch, own, columns, cStart + row * n + column);
    }

    private void multiply(int row, int rows, int columns, float[] right, int rightAt, int rightRow, int to) {
        int aAt = aStart + row * (transposeA ? 1 : k);
        int aRow = transposeA ? 1 : k;
        int aColumn = transposeA ? m : 1;
        kernel.multiply(rows, columns, k, a, aAt, aRow, aColumn, right, rightAt, rightRow, c, to, n, add);
    }

    private static void copy(
            int rows, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, fromAt + row * fromRow, to, toAt + row * toRow, columns);
        }
    }

    /** [rows, columns] to [columns, rows], four rows at a time. */
    private static void transpose(float[] from, int fromAt, int rows, int columns, float[] to, int toAt, int toRow) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            int row0 = fromAt + row * columns;
            int row1 = row0 + columns;
            int row2 = row1 + columns;
            int row3 = row2 + columns;
            int at = toAt + row;
            for (int column = 0; column < columns; column++) {
                to[at] = from[row0 + column];
                to[at + 1] = from[row1 + column];
                to[at + 2] = from[row2 + column];
                to[at + 3] = from[row3 + column];
                at += toRow;
            }
        }
        for (; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[toAt + column * toRow + row] = from[fromAt + row * columns + column];
            }
        }
    }

    private static int multiple(int size, int parts, int unit) {
        return Math.ceilDiv(Math.ceilDiv(size, parts), unit) * unit;
    }
}
