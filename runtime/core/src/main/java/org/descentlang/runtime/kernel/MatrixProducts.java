package org.descentlang.runtime.kernel;

import org.descentlang.runtime.kernel.matrix.MatrixKernel;
import org.descentlang.runtime.kernel.window.ChannelKernel;
import org.descentlang.runtime.kernel.window.PlainChannelKernel;
import org.descentlang.runtime.kernel.window.Scratch;
import org.descentlang.runtime.kernel.window.Workshop;
import org.descentlang.runtime.thread.Team;

/**
 * Matrix products of row-major matrices inside {@code float[]} slabs, on a team of threads. The bits do not depend on
 * the number of threads, nor on whether the Vector API is there (see {@link MatrixKernel}). One product at a time;
 * nothing is allocated after the first product of the largest size.
 */
public final class MatrixProducts {
    private final Team team;
    private final MatrixKernel kernel;
    private final Workshop workshop;
    private final Team.Task part = this::runPart;

    /** For each part, a block of B, transposed. */
    private float[] scratch = new float[0];

    // The current product: fields, because an argument captured by a lambda would be an allocation per step.
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
    private Tiling tiling = new Tiling(1, 1, false, 1);
    private int tile;
    private int panel;
    private int scratchOfPart;
    private int rowsOfPart;
    private int columnsOfPart;
    private int partsAcross;

    public MatrixProducts(Team team) {
        this(team, Kernels.matrixKernel(), Kernels.channelKernel());
    }

    MatrixProducts(Team team, MatrixKernel kernel) {
        this(team, kernel, new PlainChannelKernel());
    }

    MatrixProducts(Team team, MatrixKernel kernel, ChannelKernel channels) {
        this.team = team;
        this.kernel = kernel;
        int vectors = Tiling.of(4, 2, 4, 1, false, 1).vectors();
        workshop = new Workshop(team, kernel, channels, vectors * kernel.lanes(), new Scratch());
    }

    /** What convolutions need, which share the kernel and the team. */
    public Workshop workshop() {
        return workshop;
    }

    /** One of matrices in these arrays, as [m, k] and [k, n]. */
    public MatrixProduct of(float[] left, float[] right, float[] result) {
        return new MatrixProduct(this, left, right, result);
    }

    /**
     * C [m, n] = A B, or C += A B with {@code add}.
     *
     * @param transposeA whether A is stored as [k, m] instead of [m, k]
     * @param transposeB whether B is stored as [n, k] instead of [k, n]
     * @param tiling changes the time that it takes, not the result
     */
    void multiply(
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
            boolean add,
            Tiling tiling) {
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
        this.tiling = tiling;
        tile = tiling.vectors() * kernel.lanes();
        panel = kernel.panel(tile);
        scratchOfPart = transposeB ? panel * Math.min(k, tiling.depth()) : 0;
        int parts = divide();
        if (scratch.length < parts * scratchOfPart) {
            scratch = new float[parts * scratchOfPart];
        }
        team.run(part, parts);
    }

    private int divide() {
        int unit = Math.min(tile, 2 * kernel.lanes());
        int most = Math.max(1, n / unit);
        int parts = (int) Math.max(1, Math.min(team.threads(), (long) m * n * k / tiling.part()));
        int across = Math.min(most, tiling.byColumns() ? parts : parts / Math.min(parts, m));
        int down = Math.min(m, parts / across);
        columnsOfPart = across == 1 ? n : multiple(n, across, unit);
        rowsOfPart = multiple(m, down, 1);
        partsAcross = Math.ceilDiv(n, columnsOfPart);
        return partsAcross * Math.ceilDiv(m, rowsOfPart);
    }

    private static int multiple(int size, int parts, int unit) {
        return Math.ceilDiv(Math.ceilDiv(size, parts), unit) * unit;
    }

    private void runPart(int number) {
        int row = number / partsAcross * rowsOfPart;
        int from = number % partsAcross * columnsOfPart;
        int rows = Math.min(rowsOfPart, m - row);
        int end = Math.min(from + columnsOfPart, n);
        for (int column = from; column < end; column += panel) {
            int columns = Math.min(panel, end - column);
            multiplyPanel(row, rows, column, columns, number * scratchOfPart);
        }
    }

    /** Block of links after block, so that what the tiles meet again and again stays in the caches. */
    private void multiplyPanel(int row, int rows, int column, int columns, int own) {
        int aRow = transposeA ? 1 : k;
        int aColumn = transposeA ? m : 1;
        int to = cStart + row * n + column;
        for (int from = 0; from == 0 || from < k; from += tiling.depth()) {
            int depth = Math.min(tiling.depth(), k - from);
            int left = aStart + row * aRow + from * aColumn;
            boolean more = add || from > 0;
            if (transposeB) {
                kernel.transpose(columns, depth, b, bStart + column * k + from, k, scratch, own, columns);
                kernel.multiply(
                        rows, columns, depth, a, left, aRow, aColumn, scratch, own, columns, c, to, n, more, tile);
            } else {
                int right = bStart + from * n + column;
                kernel.multiply(rows, columns, depth, a, left, aRow, aColumn, b, right, n, c, to, n, more, tile);
            }
        }
    }
}
