package org.descentlang.runtime.data;

import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataDescription.Content.Columns;
import org.descentlang.runtime.data.DataDescription.Content.Label;
import org.descentlang.runtime.data.DataDescription.Conversion;
import org.descentlang.runtime.data.DataDescription.Field;
import org.descentlang.runtime.data.DataSet.FieldValues;
import org.descentlang.runtime.data.DataSet.Labels;
import org.descentlang.runtime.data.DataSet.Numbers;

/** Takes one field out of the rows of a file, one row after the other. */
sealed interface FieldReader {
    void read(CsvRow row);

    /** Called once, after the last row. */
    FieldValues finish();

    /** Columns as numbers, converted in chunks. */
    final class NumbersReader implements FieldReader {
        /** Values of a chunk, so that one of few columns has many rows and one of many columns is small. */
        private static final int CHUNK = 1 << 16;

        private final String name;
        private final int first;
        private final int columnsPerRow;
        private final int width;
        private final Conversion conversion;
        private final float[] values;
        private final float[] columns;
        private final float[] converted;
        private final CsvRow[] rows;
        private int pending;
        private int examples;

        NumbersReader(Field field, Columns content, String file, long rowsAtMost) {
            name = field.name();
            width = field.width();
            first = content.first();
            conversion = content.conversion();
            columnsPerRow = content.last() - first + 1;
            int chunk = Math.clamp(CHUNK / Math.max(width, columnsPerRow), 1, Conversion.MOST_ROWS);
            values = Memory.floats("Field " + name + " of " + file, rowsAtMost, width);
            columns = new float[chunk * columnsPerRow];
            converted = new float[chunk * width];
            rows = new CsvRow[chunk];
        }

        @Override
        public void read(CsvRow row) {
            for (int i = 0; i < columnsPerRow; i++) {
                columns[pending * columnsPerRow + i] = row.number(first + i);
            }
            rows[pending++] = row;
            if (pending == rows.length) {
                convert();
            }
        }

        @Override
        public FieldValues finish() {
            convert();
            return new Numbers(name, width, values);
        }

        private void convert() {
            conversion.convert(columns, converted, pending);
            for (int i = 0; i < pending * width; i++) {
                if (!Float.isFinite(converted[i])) {
                    throw notFinite(i / width, i % width, converted[i]);
                }
            }
            System.arraycopy(converted, 0, values, examples * width, pending * width);
            examples += pending;
            pending = 0;
        }

        /** Where there are as many values as columns, each comes from its own. */
        private UserException notFinite(int row, int position, float value) {
            if (width != columnsPerRow) {
                return rows[row].mistake("the field %s becomes %s, which is not finite".formatted(name, value));
            }
            float column = columns[row * columnsPerRow + position];
            return rows[row].mistake(
                    first + position,
                    "the field %s becomes %s of %s, which is not finite".formatted(name, value, column));
        }
    }

    /** A column as class numbers. */
    final class LabelReader implements FieldReader {
        private final String name;
        private final int column;
        private final int classes;
        private final int[] values;
        private int examples;

        LabelReader(Field field, Label content, String file, long rowsAtMost) {
            name = field.name();
            column = content.column();
            classes = content.classes();
            values = Memory.integers("Field " + name + " of " + file, rowsAtMost);
        }

        @Override
        public void read(CsvRow row) {
            values[examples++] = row.label(column, classes);
        }

        @Override
        public FieldValues finish() {
            return new Labels(name, values);
        }
    }
}
