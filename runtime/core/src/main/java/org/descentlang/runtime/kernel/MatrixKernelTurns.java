package org.descentlang.runtime.kernel;

import org.descentlang.runtime.kernel.matrix.MatrixKernel;

/** Plain loops until HotSpot has compiled vectors: products in pieces, each a turn of the one or the other. */
final class MatrixKernelTurns implements MatrixKernel {
    static final int WIDTHS = 3;

    private static final int ROWS = 12;

    private final MatrixKernel plain;
    private final MatrixKernel vectors;

    /** One for each width of tiles: HotSpot compiles them one after the other. */
    private final KernelTurns turns;

    MatrixKernelTurns(MatrixKernel plain, MatrixKernel vectors) {
        this(plain, vectors, new KernelTurns(WIDTHS));
    }

    MatrixKernelTurns(MatrixKernel plain, MatrixKernel vectors, KernelTurns turns) {
        this.plain = plain;
        this.vectors = vectors;
        this.turns = turns;
    }

    @Override
    public int lanes() {
        return vectors.lanes();
    }

    @Override
    public int panel(int tile) {
        int width = width(tile, tile);
        boolean areVectors = turns.isDecided(width) && KernelTurns.isVectors(turns.begin(width));
        return areVectors ? vectors.panel(tile) : plain.panel(tile);
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
        int width = width(n, tile);
        for (int row = 0, height; row < m; row += height) {
            int aAt = aStart + row * aRow;
            int cAt = cStart + row * cRow;
            boolean isDecided = turns.isDecided(width);
            long turn = turns.begin(width);
            if (!KernelTurns.isVectors(turn)) {
                height = isDecided ? m - row : Math.min(ROWS, m - row);
                plain.multiply(height, n, k, a, aAt, aRow, aColumn, b, bStart, bRow, c, cAt, cRow, add, tile);
                turns.end(width, turn, (long) height * n * k);
                continue;
            }
            int columns = isDecided ? n : Math.min(n, tile);
            int links = turns.portion(width, turn, k);
            int blocks = Math.max(1, turns.portion(width, turn, m * k) / Math.max(1, k));
            height = isDecided ? m - row : Math.min(blocks * ROWS, m - row);
            vectors.multiply(height, columns, links, a, aAt, aRow, aColumn, b, bStart, bRow, c, cAt, cRow, add, tile);
            turns.end(width, turn, (long) height * columns * links);
            if (links < k) {
                int aNext = aAt + links * aColumn;
                int bNext = bStart + links * bRow;
                plain.multiply(
                        height, columns, k - links, a, aNext, aRow, aColumn, b, bNext, bRow, c, cAt, cRow, true, tile);
            }
            if (columns < n) {
                int right = n - columns;
                int bAt = bStart + columns;
                int cNext = cAt + columns;
                plain.multiply(height, right, k, a, aAt, aRow, aColumn, b, bAt, bRow, c, cNext, cRow, add, tile);
            }
        }
    }

    private int width(int n, int tile) {
        int columns = Math.min(n, tile);
        return columns >= 4 * lanes() ? 2 : columns >= 2 * lanes() ? 1 : 0;
    }

    @Override
    public void transpose(
            int rows, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        MatrixKernel kernel = turns.isDecided(2) || turns.isDecided(1) ? vectors : plain;
        kernel.transpose(rows, columns, from, fromAt, fromRow, to, toAt, toRow);
    }
}
