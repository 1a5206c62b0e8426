package org.descentlang.runtime.data;

import org.descentlang.description.DataDescription.Content;
import org.descentlang.description.DataDescription.Conversion;
import org.descentlang.description.DataDescription.Field;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataSet.FieldValues;

/** Makes one field of all examples from the pages of a source. */
sealed interface FieldBuilder {
    /** @param column of this field in the page */
    void add(Page page, Page.Column column);

    /** Called once, after the last page. */
    FieldValues finish();

    /** @param file `" of data.csv"`, for messages; empty if there is no file */
    static FieldBuilder of(Field field, String file, long mostExamples) {
        String what = "Field " + field.name() + file;
        return switch (field.content()) {
            case Content.Columns(int first, int last, var conversion) ->
                new Converted(
                        field, first, last - first + 1, conversion, Memory.floats(what, mostExamples, field.width()));
            case Content.Image(int height, int width, int channels, var conversion) ->
                new Converted(
                        field,
                        0,
                        height * width * channels,
                        conversion,
                        Memory.floats(what, mostExamples, field.width()));
            case Content.RandomUniform _, Content.RandomNormal _ ->
                new Numbers(field, Memory.floats(what, mostExamples, field.width()));
            case Content.Labels _, Content.ExampleLabel _, Content.Integers _, Content.RandomLabels _ ->
                new Integers(field, Memory.integers(what, mostExamples, field.width()));
        };
    }

    /** Columns or pixels as numbers, converted page by page. */
    final class Converted implements FieldBuilder {
        private final Field field;
        private final int firstColumn;
        private final int columns;
        private final Conversion conversion;
        private final float[] values;
        private float[] converted = {};
        private int filled;

        private Converted(Field field, int firstColumn, int columns, Conversion conversion, float[] values) {
            this.field = field;
            this.firstColumn = firstColumn;
            this.columns = columns;
            this.conversion = conversion;
            this.values = values;
        }

        @Override
        public void add(Page page, Page.Column column) {
            int count = page.rows() * field.width();
            if (converted.length < count) {
                converted = new float[count];
            }
            float[] numbers = numbers(field, column);
            conversion.convert(numbers, converted, page.rows());
            for (int i = 0; i < count; i++) {
                if (!Float.isFinite(converted[i])) {
                    throw notFinite(page, numbers, i);
                }
            }
            System.arraycopy(converted, 0, values, filled, count);
            filled += count;
        }

        /** Where there are as many values as columns, each comes from its own. */
        private UserException notFinite(Page page, float[] numbers, int position) {
            int row = position / field.width();
            int element = position % field.width();
            String becomes = "the field %s becomes %s".formatted(field.name(), converted[position]);
            return field.width() == columns
                    ? page.mistakes()
                            .in(
                                    row,
                                    firstColumn + element,
                                    "%s of %s, which is not finite"
                                            .formatted(becomes, numbers[row * columns + element]))
                    : page.mistakes().in(row, becomes + ", which is not finite");
        }

        @Override
        public FieldValues finish() {
            return new DataSet.Numbers(field.name(), field.width(), values);
        }
    }

    /** Numbers as the source has them. */
    final class Numbers implements FieldBuilder {
        private final Field field;
        private final float[] values;
        private int filled;

        private Numbers(Field field, float[] values) {
            this.field = field;
            this.values = values;
        }

        @Override
        public void add(Page page, Page.Column column) {
            int count = page.rows() * field.width();
            System.arraycopy(numbers(field, column), 0, values, filled, count);
            filled += count;
        }

        @Override
        public FieldValues finish() {
            return new DataSet.Numbers(field.name(), field.width(), values);
        }
    }

    /** Whole numbers as the source has them. */
    final class Integers implements FieldBuilder {
        private final Field field;
        private final int[] values;
        private int filled;

        private Integers(Field field, int[] values) {
            this.field = field;
            this.values = values;
        }

        @Override
        public void add(Page page, Page.Column column) {
            int count = page.rows() * field.width();
            System.arraycopy(integers(field, column), 0, values, filled, count);
            filled += count;
        }

        @Override
        public FieldValues finish() {
            return new DataSet.Integers(field.name(), field.width(), values);
        }
    }

    private static float[] numbers(Field field, Page.Column column) {
        return switch (column) {
            case Page.Column.Numbers(float[] values) -> values;
            case Page.Column.Integers _ -> throw mismatch(field);
        };
    }

    private static int[] integers(Field field, Page.Column column) {
        return switch (column) {
            case Page.Column.Integers(int[] values) -> values;
            case Page.Column.Numbers _ -> throw mismatch(field);
        };
    }

    private static IllegalArgumentException mismatch(Field field) {
        return new IllegalArgumentException("A column of another type than the field " + field.name());
    }
}
