package org.descentlang.runtime.kernel;

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
        int width = n >= 4 * lanes() ? 2 : n >= 2 * lanes() ? 1 : 0;
        int rows = turns.isDecided(width) ? m : ROWS;
        for (int row = 0; row < m; row += rows) {
            long turn = turns.begin(width);
            MatrixKernel kernel = KernelTurns.isVectors(turn) ? vectors : plain;
            int piece = Math.min(rows, m - row);
            int aAt = aStart + row * aRow;
            int cAt = cStart + row * cRow;
            int links = turns.portion(width, turn, k);
            kernel.multiply(piece, n, links, a, aAt, aRow, aColumn, b, bStart, bRow, c, cAt, cRow, add);
            turns.end(width, turn, (long) piece * n * links);
            if (links < k) {
                int aNext = aAt + links * aColumn;
                int bNext = bStart + links * bRow;
                plain.multiply(piece, n, k - links, a, aNext, aRow, aColumn, b, bNext, bRow, c, cAt, cRow, true);
            }
        }
    }

    @Override
    public void transpose(
            int rows, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        MatrixKernel kernel = turns.isDecided(2) || turns.isDecided(1) ? vectors : plain;
        kernel.transpose(rows, columns, from, fromAt, fromRow, to, toAt, toRow);
    }
}
