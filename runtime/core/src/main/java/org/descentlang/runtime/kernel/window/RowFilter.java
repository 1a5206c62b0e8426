package org.descentlang.runtime.kernel.window;

import java.util.Arrays;
import java.util.List;
import org.descentlang.runtime.kernel.matrix.MatrixKernel;

/**
 * Rows of pixels from rows of pixels: what is read are the input and what is written positions, or the other way round.
 * A row of the result is a sum of matrix products, one for each row that it meets: pixels, each with its neighbours,
 * times filters. Neighbours follow each other in memory, so the left operand's rows overlap and nothing is copied.
 */
final class RowFilter {
    private final MatrixKernel kernel;
    private final int tile;
    private final Windows windows;
    private final boolean toInputs;
    private final Run[] runs;
    private final FilterOrder order;
    private final Padded padded;

    private RowFilter(Workshop workshop, Windows windows, boolean toInputs, List<Run> runs, FilterOrder order) {
        this.kernel = workshop.kernel();
        this.tile = workshop.tile();
        this.windows = windows;
        this.toInputs = toInputs;
        this.runs = runs.toArray(Run[]::new);
        this.order = order;
        this.padded =
                Padded.of(toInputs ? windows.last().positions() : windows.last().input(), channelsRead(), runs);
    }

    static RowFilter ofPositions(Workshop workshop, Windows windows) {
        return new RowFilter(
                workshop,
                windows,
                false,
                Run.ofPositions(windows.last(), windows.groups() == 1),
                FilterOrder.natural(windows));
    }

    static RowFilter ofInputs(Workshop workshop, Windows windows) {
        return new RowFilter(
                workshop,
                windows,
                true,
                Run.ofInputs(windows.last(), windows.groups() == 1),
                FilterOrder.turned(windows));
    }

    Windows windows() {
        return windows;
    }

    boolean isToInputs() {
        return toInputs;
    }

    private int channelsRead() {
        return toInputs ? windows.units() : windows.channels();
    }

    private int channelsWritten() {
        return toInputs ? windows.channels() : windows.units();
    }

    int rows() {
        return toInputs ? windows.inputRows() : windows.positionRows();
    }

    /** Elements of a row of the result. */
    int rowSize() {
        return (toInputs ? windows.last().input() : windows.last().positions()) * channelsWritten();
    }

    /** Elements of an example that is read. */
    int sizeRead() {
        return toInputs ? windows.positionsSize() : windows.inputSize();
    }

    private int rowRead(int row, int tap) {
        return toInputs ? windows.positionRow(row, tap) : windows.inputRow(row, tap);
    }

    /** Rows that are read for some of the result: the first, and one after the last. */
    private int firstRead(int fromRow, int toRow) {
        int first = Integer.MAX_VALUE;
        for (int row = fromRow; row < toRow; row++) {
            for (int tap = 0; tap < windows.outerTaps(); tap++) {
                int read = rowRead(row, tap);
                first = read == Along.NONE ? first : Math.min(first, read);
            }
        }
        return first;
    }

    private int endRead(int fromRow, int toRow) {
        int end = 0;
        for (int row = fromRow; row < toRow; row++) {
            for (int tap = 0; tap < windows.outerTaps(); tap++) {
                end = Math.max(end, rowRead(row, tap) + 1);
            }
        }
        return end;
    }

    /** Elements of scratch memory for so many rows of the result. */
    int scratch(int rows) {
        int most = 0;
        for (int row = 0; padded.isNeeded() && row < rows(); row += rows) {
            int end = Math.min(row + rows, rows());
            most = Math.max(most, endRead(row, end) - Math.min(firstRead(row, end), endRead(row, end)));
        }
        return most * padded.width();
    }

    /** @param resultAt of the example's first row */
    void filter(
            int fromRow,
            int toRow,
            float[] read,
            int readAt,
            float[] w,
            int wAt,
            float[] result,
            int resultAt,
            float[] scratch,
            int scratchAt) {
        fillWhatMeetsNothing(fromRow, toRow, result, resultAt);
        float[] from = read;
        int width = padded.width();
        int at = readAt;
        if (padded.isNeeded()) {
            int first = firstRead(fromRow, toRow);
            int end = endRead(fromRow, toRow);
            int length = padded.pixels() * padded.channels();
            if (first < end) {
                padded.copy(end - first, read, readAt + first * length, scratch, scratchAt);
            }
            from = scratch;
            at = scratchAt + padded.before() * padded.channels() - first * width;
        }
        for (int group = 0; group < windows.groups(); group++) {
            filter(group, fromRow, toRow, from, at, width, w, wAt, result, resultAt);
        }
    }

    private void fillWhatMeetsNothing(int fromRow, int toRow, float[] result, int resultAt) {
        for (int row = fromRow; row < toRow; row++) {
            int at = resultAt + row * rowSize();
            if (firstTap(row) == Along.NONE) {
                Arrays.fill(result, at, at + rowSize(), 0);
            }
            for (Run run : runs) {
                for (int pixel = 0; run.taps() == 0 && pixel < run.count(); pixel++) {
                    int start = at + (run.to() + pixel * run.toStep()) * channelsWritten();
                    Arrays.fill(result, start, start + channelsWritten(), 0);
                }
            }
        }
    }

    private int firstTap(int row) {
        for (int tap = 0; tap < windows.outerTaps(); tap++) {
            if (rowRead(row, tap) != Along.NONE) {
                return tap;
            }
        }
        return Along.NONE;
    }

    /** Columns outermost: what is read of the filters stays in the caches for all rows. */
    private void filter(
            int group,
            int fromRow,
            int toRow,
            float[] from,
            int at,
            int width,
            float[] w,
            int wAt,
            float[] result,
            int resultAt) {
        int share = channelsRead() / windows.groups();
        int columns = channelsWritten() / windows.groups();
        int panel = kernel.panel(tile);
        for (int column = 0; column < columns; column += panel) {
            int n = Math.min(panel, columns - column);
            for (int tap = 0; tap < windows.outerTaps(); tap++) {
                int filters = wAt + tap * order.outer() + group * order.group() + column;
                for (int row = fromRow; row < toRow; row++) {
                    int read = rowRead(row, tap);
                    if (read != Along.NONE) {
                        int source = at + read * width + group * share;
                        int target = resultAt + row * rowSize() + group * columns + column;
                        multiply(n, share, from, source, w, filters, result, target, tap == firstTap(row));
                    }
                }
            }
        }
    }

    private void multiply(
            int n,
            int share,
            float[] from,
            int source,
            float[] w,
            int filters,
            float[] result,
            int target,
            boolean first) {
        for (Run run : runs) {
            if (run.taps() > 0) {
                kernel.multiply(
                        run.count(),
                        n,
                        run.taps() * share,
                        from,
                        source + run.from() * channelsRead(),
                        run.fromStep() * channelsRead(),
                        1,
                        w,
                        filters + run.number() * order.inner(),
                        order.row(),
                        result,
                        target + run.to() * channelsWritten(),
                        run.toStep() * channelsWritten(),
                        !(first && run.begins()),
                        tile);
            }
        }
    }
}
