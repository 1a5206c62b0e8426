package org.descentlang.runtime.data;

import java.util.List;
import java.util.Optional;
import org.descentlang.description.DataDescription.Content;
import org.descentlang.description.DataDescription.Field;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.random.Philox;
import org.descentlang.runtime.random.Stream;

/** Random examples. A value depends on the seed, the name of its field and its place alone. */
final class RandomPages implements PageReader {
    private final List<Field> fields;
    private final int examples;
    private final long seed;
    private final int rowsOfAPage;
    private int made;

    RandomPages(List<Field> fields, int examples, long seed) {
        this.fields = fields;
        this.examples = examples;
        this.seed = seed;
        rowsOfAPage = Page.rows(fields.stream().mapToInt(Field::width));
    }

    @Override
    public long mostExamples() {
        return examples;
    }

    @Override
    public Optional<Page> next() {
        int rows = Math.min(examples - made, rowsOfAPage);
        if (rows == 0) {
            return Optional.empty();
        }
        List<Page.Column> columns =
                fields.stream().map(field -> column(field, rows)).toList();
        made += rows;
        return Optional.of(new Page(rows, columns, NOTHING_IS_WRONG));
    }

    private Page.Column column(Field field, int rows) {
        return switch (field.content()) {
            case Content.RandomUniform(double low, double high) -> uniform(field, rows, low, high);
            case Content.RandomNormal(double mean, double deviation) -> normal(field, rows, mean, deviation);
            case Content.RandomLabels(int classes) -> labels(field, rows, classes);
            case Content.Columns _, Content.Labels _, Content.Integers _, Content.Image _, Content.ExampleLabel _ ->
                throw new IllegalArgumentException("A field of a file in random data: " + field.name());
        };
    }

    private Page.Column uniform(Field field, int rows, double low, double high) {
        float[] values = new float[rows * field.width()];
        Philox.fillUniform(seed, draw(field), Stream.DATA, first(field), values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (low + (high - low) * values[i]);
        }
        return new Page.Column.Numbers(values);
    }

    private Page.Column normal(Field field, int rows, double mean, double deviation) {
        float[] values = new float[rows * field.width()];
        Philox.fillNormal(seed, draw(field), Stream.DATA, first(field), values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + deviation * values[i]);
        }
        return new Page.Column.Numbers(values);
    }

    private Page.Column labels(Field field, int rows, int classes) {
        int[] values = new int[rows * field.width()];
        for (int i = 0; i < values.length; i++) {
            long bits = Integer.toUnsignedLong(Philox.bits(seed, draw(field), Stream.DATA, first(field) + i));
            values[i] = (int) (bits * classes >>> 32);
        }
        return new Page.Column.Integers(values);
    }

    /** The place of the next value among all of the field's. */
    private long first(Field field) {
        return (long) made * field.width();
    }

    private static long draw(Field field) {
        return Stream.draw(field.name());
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private static final Page.Mistakes NOTHING_IS_WRONG = new Page.Mistakes() {
        @Override
        public UserException in(int row, String message) {
            return new UserException(message);
        }

        @Override
        public UserException in(int row, int column, String message) {
            return new UserException(message);
        }
    };
}
