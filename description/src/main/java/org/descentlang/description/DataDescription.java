package org.descentlang.description;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a `data` declaration says.
 *
 * @param train the share of the training examples. This, {@code validation} and {@code test} divide the examples that
 *     are not in a file for one split
 */
public record DataDescription(
        String name,
        DataSource source,
        List<Field> fields,
        double train,
        double validation,
        double test,
        OptionalLong seed) {
    /** @param width values an example: the elements of its tensor in row-major order */
    public record Field(String name, int width, Content content) {}

    public sealed interface Content {
        /** Columns {@code first .. last} (0-based, both included), then {@code conversion}. */
        record Columns(int first, int last, Conversion conversion) implements Content {}

        /** Columns {@code first .. last} as class numbers 0 .. classes - 1. */
        record Labels(int first, int last, int classes) implements Content {}

        /** An image of [height, width, channels], then {@code conversion}. */
        record Image(int height, int width, int channels, Conversion conversion) implements Content {}

        /** What the file of labels says of the example: a class number 0 .. classes - 1. */
        record ExampleLabel(int classes) implements Content {}

        /** Columns {@code first .. last} as whole numbers. */
        record Integers(int first, int last) implements Content {}

        record RandomUniform(double low, double high) implements Content {}

        record RandomNormal(double mean, double deviation) implements Content {}

        record RandomLabels(int classes) implements Content {}
    }

    /** The expression around `columns(…)` or `image(…)`, compiled: from what {@code rows} examples have, the field. */
    @FunctionalInterface
    public interface Conversion {
        /** The most rows of a call. */
        int MOST_ROWS = 256;

        void convert(float[] columns, float[] field, int rows);
    }
}
