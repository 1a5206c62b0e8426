package org.descentlang.runtime.data;

import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.description.DataDescription.Conversion;
import org.descentlang.runtime.UserException;

/**
 * Some examples, one after another: the columns that each field is made from.
 *
 * @param rows examples, at most {@link Conversion#MOST_ROWS}
 * @param columns for each field, in the order of the data
 * @param mistakes how a message about an example begins
 */
public record Page(int rows, List<Column> columns, Mistakes mistakes) {
    /** That a field of a page may have. */
    private static final int VALUES = 1 << 16;

    /** Values of all examples, row by row. They may be followed by others that do not count. */
    public sealed interface Column {
        /** @param values [rows, columns of the source] */
        record Numbers(float[] values) implements Column {}

        /** @param values [rows, columns of the source] */
        record Integers(int[] values) implements Column {}
    }

    /** So that a page of few values has many rows and one of many values is small. */
    static int rows(IntStream valuesOfFields) {
        return Math.clamp(VALUES / Math.max(1, valuesOfFields.max().orElse(1)), 1, Conversion.MOST_ROWS);
    }

    /** Says where an example comes from. */
    public interface Mistakes {
        /** @param row of the page */
        UserException in(int row, String message);

        /** @param column of the source, counted from 0 */
        UserException in(int row, int column, String message);
    }
}
