package org.descentlang.runtime.kernel.matrix;

/** A copy of a matrix with rows and columns exchanged. */
public final class Transposition {
    private Transposition() {}

    /** [rows, columns] to [columns, rows], four rows at a time. */
    public static void run(
            int rows, int columns, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            int row0 = fromAt + row * fromRow;
            int row1 = row0 + fromRow;
            int row2 = row1 + fromRow;
            int row3 = row2 + fromRow;
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
                to[toAt + column * toRow + row] = from[fromAt + row * fromRow + column];
            }
        }
    }
}
