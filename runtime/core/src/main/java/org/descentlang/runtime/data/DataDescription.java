package org.descentlang.runtime.data;

import java.util.List;
import java.util.OptionalLong;

/** What a `data` declaration says. */
public record DataDescription(
        String name,
        DataSource source,
        List<Field> fields,
        double train,
        double validation,
        double test,
        OptionalLong seed) {
    public sealed interface DataSource {
        /** A file of comma-separated numbers, by a path relative to the data folders. */
        record Csv(String path) implements DataSource {}

        record RandomExamples(int examples) implements DataSource {}
    }

    /** @param width values an example; 1 for a label or a single column */
    public record Field(String name, int width, Content content) {}

    public sealed interface Content {
        /** Columns {@code first .. last} (0-based, both included), then {@code conversion}. */
        record Columns(int first, int last, Conversion conversion) implements Content {}

        record Label(int column, int classes) implements Content {}

        record RandomUniform(double low, double high) implements Content {}

        record RandomNormal(double mean, double deviation) implements Content {}

        record RandomLabel(int classes) implements Content {}
    }

    /** The expression after `columns(…)`, compiled: {@code rows} examples of columns to as many of the field. */
    @FunctionalInterface
    public interface Conversion {
        /** The most rows of a call. */
        int MOST_ROWS = 256;

        void convert(float[] columns, float[] field, int rows);
    }
}
