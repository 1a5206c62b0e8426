package org.descentlang.runtime.kernel;

/** Rows of a table by their numbers. */
public final class Tables {
    private Tables() {}

    /**
     * Copies row {@code index[i]} of a table to row {@code i} of {@code to}.
     *
     * @param width elements a row
     * @param rows of the table
     * @throws IndexOutOfBoundsException if an index is not 0 .. rows - 1
     */
    public static void gather(
            float[] table,
            int tableStart,
            int width,
            int[] index,
            int indexStart,
            int count,
            float[] to,
            int toStart,
            int rows) {
        for (int i = 0; i < count; i++) {
            int row = checked(index[indexStart + i], rows);
            System.arraycopy(table, tableStart + row * width, to, toStart + i * width, width);
        }
    }

    /** {@link #gather} of whole numbers. */
    public static void gatherWhole(
            int[] table,
            int tableStart,
            int width,
            int[] index,
            int indexStart,
            int count,
            int[] to,
            int toStart,
            int rows) {
        for (int i = 0; i < count; i++) {
            int row = checked(index[indexStart + i], rows);
            System.arraycopy(table, tableStart + row * width, to, toStart + i * width, width);
        }
    }

    /** Adds row {@code i} of {@code updates} to row {@code index[i]} of {@code to}, in the order of {@code i}. */
    public static void scatterAdd(
            int[] index,
            int indexStart,
            int count,
            float[] updates,
            int updatesStart,
            int width,
            float[] to,
            int toStart,
            int rows) {
        for (int i = 0; i < count; i++) {
            int target = toStart + checked(index[indexStart + i], rows) * width;
            int source = updatesStart + i * width;
            for (int column = 0; column < width; column++) {
                to[target + column] += updates[source + column];
            }
        }
    }

    private static int checked(int row, int rows) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of a table with " + rows + " rows");
        }
        return row;
    }
}
