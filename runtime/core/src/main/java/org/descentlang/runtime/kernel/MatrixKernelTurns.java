package org.descentlang.runtime.kernel;

/** Plain loops until HotSpot has compiled vectors: products in pieces, each a turn of the one or the other. */
final class MatrixKernelTurns implements MatrixKernel {
    private static final int ROWS = 8;

    private final MatrixKernel plain;
    private final MatrixKernel vectors;
    private final KernelTurns turns = new KernelTurns(1);

    MatrixKernelTurns(MatrixKernel plain, MatrixKernel vectors) {
        this.plain = plain;
        this.vectors = vectors;
    }

    @Override
    public int panel() {
        return vectors.panel();
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
        int rows = turns.isDecided(0) ? m : ROWS;
        int columns = turns.isDecided(0) ? n : panel();
        for (int row = 0; row < m; row += rows) {
            for (int column = 0; column < n; column += columns) {
                long turn = turns.begin(0);
                MatrixKernel kernel = KernelTurns.isVectors(turn) ? vectors : plain;
                int pieceRows = Math.min(rows, m - row);
                int pieceColumns = Math.min(columns, n - column);
                int aAt = aStart + row * aRow;
                int cAt = cStart + row * cRow + column;
                kernel.multiply(
                        pieceRows, pieceColumns, k, a, aAt, aRow, aColumn, b, bStart + column, bRow, c, cAt, cRow, add);
                turns.end(0, turn, (long) pieceRows * pieceColumns * k);
            }
        }
    }
}
