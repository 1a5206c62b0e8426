package org.descentlang.runtime.data;

import java.util.List;
import org.descentlang.description.DataDescription.Content;
import org.descentlang.description.DataDescription.Field;

/** What one field wants of the lines of a page. */
sealed interface CsvColumns {
    /** @param number of the row in the page */
    void read(CsvRow row, int number);

    /** Of the rows read; overwritten by the next page. */
    Page.Column column();

    static CsvColumns of(Field field, int rows) {
        int first = first(field);
        int width = values(field);
        return switch (field.content()) {
            case Content.Columns _ -> new Numbers(first, width, new float[rows * width]);
            case Content.Labels(var _, var _, int classes) ->
                new Integers(first, width, new int[rows * width], (row, column) -> row.label(column, classes));
            case Content.Integers _ -> new Integers(first, width, new int[rows * width], CsvRow::integer);
            case Content.Image _,
                    Content.ExampleLabel _,
                    Content.RandomUniform _,
                    Content.RandomNormal _,
                    Content.RandomLabels _ -> throw mismatch(field);
        };
    }

    /** How many columns a field is made from. */
    static int values(Field field) {
        return last(field) - first(field) + 1;
    }

    /** Whether the file has the columns that the fields want, by its first line. */
    static void check(List<Field> fields, CsvRow row) {
        int columns = row.record().getFieldCount();
        int last = fields.stream().mapToInt(CsvColumns::last).max().orElse(0);
        if (last >= columns) {
            String only = columns == 1 ? "column 0 only" : "columns 0 to " + (columns - 1);
            String text = row.record().getField(0);
            String hint = columns == 1 && (text.contains(";") || text.contains("\t"))
                    ? "; values are separated by commas, not by semicolons or tabs"
                    : "";
            throw row.mistake("expected a column " + last + ", but the file has " + only + hint);
        }
    }

    private static int first(Field field) {
        return switch (field.content()) {
            case Content.Columns columns -> columns.first();
            case Content.Labels labels -> labels.first();
            case Content.Integers integers -> integers.first();
            case Content.Image _,
                    Content.ExampleLabel _,
                    Content.RandomUniform _,
                    Content.RandomNormal _,
                    Content.RandomLabels _ -> throw mismatch(field);
        };
    }

    private static int last(Field field) {
        return switch (field.content()) {
            case Content.Columns columns -> columns.last();
            case Content.Labels labels -> labels.last();
            case Content.Integers integers -> integers.last();
            case Content.Image _,
                    Content.ExampleLabel _,
                    Content.RandomUniform _,
                    Content.RandomNormal _,
                    Content.RandomLabels _ -> throw mismatch(field);
        };
    }

    private static IllegalArgumentException mismatch(Field field) {
        return new IllegalArgumentException("A file of columns has no such field: " + field.name());
    }

    final class Numbers implements CsvColumns {
        private final int first;
        private final int width;
        private final float[] values;

        private Numbers(int first, int width, float[] values) {
            this.first = first;
            this.width = width;
            this.values = values;
        }

        @Override
        public void read(CsvRow row, int number) {
            for (int i = 0; i < width; i++) {
                values[number * width + i] = row.number(first + i);
            }
        }

        @Override
        public Page.Column column() {
            return new Page.Column.Numbers(values);
        }
    }

    final class Integers implements CsvColumns {
        /** Takes a whole number out of a line. */
        interface Cell {
            int of(CsvRow row, int column);
        }

        private final int first;
        private final int width;
        private final int[] values;
        private final Cell cell;

        private Integers(int first, int width, int[] values, Cell cell) {
            this.first = first;
            this.width = width;
            this.values = values;
            this.cell = cell;
        }

        @Override
        public void read(CsvRow row, int number) {
            for (int i = 0; i < width; i++) {
                values[number * width + i] = cell.of(row, first + i);
            }
        }

        @Override
        public Page.Column column() {
            return new Page.Column.Integers(values);
        }
    }
}
