package org.descentlang.runtime.kernel.window;

import java.util.List;
import org.descentlang.runtime.thread.Team;

/** Positions from inputs, or inputs from positions, in pieces of some rows that threads share. */
final class FilteredRows implements Convolution {
    /** Elements of padded rows that stay in a core's second-level cache. */
    private static final int MOST_PADDED = 1 << 16;

    private final Workshop workshop;
    private final RowFilter filter;
    private final float[] read;
    private final float[] w;
    private final float[] result;
    private final List<Integer> taps;
    private final int rowsOfPiece;
    private final int scratchOfPart;
    private final int scratchOfFilters;
    private final Team.Task part = this::runPart;

    // The call at hand: fields, because an argument captured by a lambda would be an allocation a step.
    private int pieces;
    private int parts;
    private int readAt;
    private float[] filters;
    private int filtersAt;
    private int resultAt;
    private float[] scratch;

    FilteredRows(Workshop workshop, RowFilter filter, float[] read, float[] w, float[] result) {
        this.workshop = workshop;
        this.filter = filter;
        this.read = read;
        this.w = w;
        this.result = result;
        this.filters = w;
        this.taps = Run.taps(filter.windows().last());
        int rows = filter.rows();
        while (rows > 1 && filter.scratch(rows) > MOST_PADDED) {
            rows = Math.ceilDiv(rows, 2);
        }
        this.rowsOfPiece = rows;
        this.scratchOfPart = filter.scratch(rows);
        this.scratchOfFilters = filter.isToInputs() ? filter.windows().filterSize() : 0;
        this.scratch = workshop.scratch().of(scratchOfFilters + workshop.team().threads() * scratchOfPart);
    }

    @Override
    public void run(int examples, int firstAt, int secondAt, int resultPlace) {
        Windows windows = filter.windows();
        readAt = firstAt;
        resultAt = resultPlace;
        scratch = workshop.scratch().of(scratchOfFilters + workshop.team().threads() * scratchOfPart);
        filters = w;
        filtersAt = secondAt;
        if (filter.isToInputs()) {
            filters = scratch;
            filtersAt = 0;
            FilterOrder.turn(windows, taps, w, secondAt, scratch, 0);
        }
        pieces = examples * Math.ceilDiv(filter.rows(), rowsOfPiece);
        long work = (long) examples * windows.positionRows() * windows.last().positions() * windows.filterSize();
        parts = Math.clamp(
                work / PART, 1, Math.max(1, Math.min(pieces, workshop.team().threads())));
        workshop.team().run(part, parts);
    }

    private void runPart(int number) {
        int end = (int) ((long) pieces * (number + 1) / parts);
        int piecesOfExample = Math.ceilDiv(filter.rows(), rowsOfPiece);
        for (int piece = (int) ((long) pieces * number / parts); piece < end; piece++) {
            int example = piece / piecesOfExample;
            int row = piece % piecesOfExample * rowsOfPiece;
            filter.filter(
                    row,
                    Math.min(row + rowsOfPiece, filter.rows()),
                    read,
                    readAt + example * filter.sizeRead(),
                    filters,
                    filtersAt,
                    result,
                    resultAt + example * filter.rows() * filter.rowSize(),
                    scratch,
                    scratchOfFilters + number * scratchOfPart);
        }
    }
}
