package org.descentlang.runtime.data;

import org.descentlang.runtime.data.DataDescription.Conversion;
import org.descentlang.runtime.data.DataSet.FieldValues;
import org.descentlang.runtime.data.DataSet.Labels;
import org.descentlang.runtime.data.DataSet.Numbers;

/** Takes one field out of the rows of a file, one row after the other. */
sealed interface FieldReader {
    /** The last column it reads. */
    int lastColumn();

    void read(CsvRow row);

    /** Called once, after the last row. */
    FieldValues finish();

    /** Columns as numbers, converted in chunks. */
    final class NumbersReader implements FieldReader {
        private final String name;
        private final int first;
        private final int width;
        private final Conversion conversion;
        private final float[] values;
        private final float[] columns;
        private final float[] converted;
        private final CsvRow[] rows = new CsvRow[Conversion.MOST_ROWS];
        private int pending;
        private int examples;

        NumbersReader(String name, int first, int last, Conversion conversion, String file, long rowsAtMost) {
            this.name = name;
            this.first = first;
            this.width = last - first + 1;
            this.conversion = conversion;
            values = Memory.floats("Field " + name + " of " + file, rowsAtMost, width);
            columns = new float[Conversion.MOST_ROWS * width];
            converted = new float[Conversion.MOST_ROWS * width];
        }

        @Override
        public int lastColumn() {
            return first + width - 1;
        }

        @Override
        public void read(CsvRow row) {
            for (int i = 0; i < width; i++) {
                columns[pending * width + i] = row.number(first + i);
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
                    throw rows[i / width].mistake(
                            first + i % width,
                            "the field %s becomes %s of %s, which is not finite"
                                    .formatted(name, converted[i], columns[i]));
                }
            }
            System.arraycopy(converted, 0, values, examples * width, pending * width);
            examples += pending;
            pending = 0;
        }
    }

    /** A column as class numbers. */
    final class LabelReader implements FieldReader {
        private final String name;
        private final int column;
        private final int classes;
        private final int[] values;
        private int examples;

        LabelReader(String name, int column, int classes, String file, long rowsAtMost) {
            this.name = name;
            this.column = column;
            this.classes = classes;
            values = Memory.integers("Field " + name + " of " + file, rowsAtMost);
        }

        @Override
        public int lastColumn() {
            return column;
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
