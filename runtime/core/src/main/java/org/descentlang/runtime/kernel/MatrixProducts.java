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

    /** Columns of B that are transposed together; blocks of columns are multiples of it. */
    private static final int PANEL = 32;

    private final Team team;
    private final MatrixKernel kernel;
    private final Team.Task part = this::runPart;

    private float[] transposed = new float[0];

    // The product at hand: fields, because an argument captured by a lambda would be an allocation a step.
    private boolean transposeA;
    private boolean transposeB;
    private int m;
    private int n;
    private int k;
    private float[] a = transposed;
    private int aStart;
    private float[] b = transposed;
    private int bStart;
    private float[] c = transposed;
    private int cStart;
    private boolean add;
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
        if (transposeB && transposed.length < n * k) {
            transposed = new float[n * k];
        }
        team.run(part, divide());
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

    /** Columns first, since each part then transposes its own of B; rows where there are few columns. */
    private int divide() {
        long parts = Math.max(1, Math.min(team.threads(), (long) m * n * k / WORTH_A_PART));
        int across = (int) Math.min(parts, Math.max(1, n / PANEL));
        int down = transposeB ? 1 : (int) Math.min(parts / across, m);
        columnsOfPart = across == 1 ? n : multiple(n, across, PANEL);
        rowsOfPart = multiple(m, down, 1);
        partsAcross = ceilingOf(n, columnsOfPart);
        return partsAcross * ceilingOf(m, rowsOfPart);
    }

    private void runPart(int number) {
        int row = number / partsAcross * rowsOfPart;
        int column = number % partsAcross * columnsOfPart;
        int rows = Math.min(rowsOfPart, m - row);
        int columns = Math.min(columnsOfPart, n - column);
        int aAt = aStart + row * (transposeA ? 1 : k);
        int aRow = transposeA ? 1 : k;
        int aColumn = transposeA ? m : 1;
        int cAt = cStart + row * n + column;
        if (transposeB) {
            int scratch = column * k;
            transpose(b, bStart + column * k, columns, k, transposed, scratch);
            kernel.multiply(rows, columns, k, a, aAt, aRow, aColumn, transposed, scratch, columns, c, cAt, n, add);
        } else {
            kernel.multiply(rows, columns, k, a, aAt, aRow, aColumn, b, bStart + column, n, c, cAt, n, add);
        }
    }

    /** [rows, columns] to [columns, rows], in squares that fit the cache lines of both. */
    private static void transpose(float[] from, int fromStart, int rows, int columns, float[] to, int toStart) {
        int square = 16;
        for (int row = 0; row < rows; row += square) {
            int rowEnd = Math.min(row + square, rows);
            for (int column = 0; column < columns; column++) {
                for (int i = row; i < rowEnd; i++) {
                    to[toStart + column * rows + i] = from[fromStart + i * columns + column];
                }
            }
        }
    }

    private static int multiple(int size, int parts, int unit) {
        return ceilingOf(ceilingOf(size, parts), unit) * unit;
    }

    private static int ceilingOf(int size, int parts) {
        return (size + parts - 1) / parts;
    }
}
