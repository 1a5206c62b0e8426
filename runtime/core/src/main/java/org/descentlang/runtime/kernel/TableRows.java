package org.descentlang.runtime.kernel;

import java.util.Arrays;

/** Rows of a table by their numbers. */
public final class TableRows {
    private int rows;
    private int width;

    /**
     * For a table of so many rows.
     *
     * @param widthOfRow in elements
     */
    public TableRows of(int rowsOfTable, int widthOfRow) {
        rows = rowsOfTable;
        width = widthOfRow;
        return this;
    }

    /** Copies row {@code index[i]} of a table to row {@code i} of {@code to}, which is NaN if there is no such row. */
    public void gather(float[] table, int tableStart, int[] index, int indexStart, int count, float[] to, int toStart) {
        for (int i = 0; i < count; i++) {
            int row = index[indexStart + i];
            int target = toStart + i * width;
            if (row >= 0 && row < rows) {
                System.arraycopy(table, tableStart + row * width, to, target, width);
            } else {
                Arrays.fill(to, target, target + width, Float.NaN);
            }
        }
    }

    /**
     * Adds row {@code i} of {@code updates} to row {@code index[i]} of {@code to}, if there is one, in the order of
     * {@code i}.
     */
    public void scatterAdd(
            int[] index, int indexStart, int count, float[] updates, int updatesStart, float[] to, int toStart) {
        for (int i = 0; i < count; i++) {
            int row = index[indexStart + i];
            if (row < 0 || row >= rows) {
                continue;
            }
            int target = toStart + row * width;
            int source = updatesStart + i * width;
            for (int column = 0; column < width; column++) {
                to[target + column] += updates[source + column];
            }
        }
    }
}
