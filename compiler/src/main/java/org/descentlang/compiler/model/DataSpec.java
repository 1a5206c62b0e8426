package org.descentlang.compiler.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.DataSource;

/** Where examples come from. */
public record DataSpec(
        String name, Optional<String> doc, DataSource source, List<Field> fields, Split split, Span span) {
    /** Whether a split has examples: a share, or a file of its own. */
    public boolean has(String name) {
        return switch (name) {
            case "train" -> split.train() > 0;
            case "validation" -> split.validation() > 0 || ownFile(DataSource.File::validation);
            case "test" -> split.test() > 0 || ownFile(DataSource.File::test);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private boolean ownFile(Function<DataSource.File, Optional<DataSource.Paths>> own) {
        return source instanceof DataSource.File file && own.apply(file).isPresent();
    }

    /**
     * @param type of a whole batch: [batch, …]
     * @param text the content as written: `columns(0 .. 63) / 16`
     */
    public record Field(String name, TensorType type, Content content, String text, Optional<String> doc, Span span) {
        /** What its values are below, if they are classes. */
        public OptionalLong classes() {
            return switch (content) {
                case Content.Labels(var _, int classes) -> OptionalLong.of(classes);
                case Content.ExampleLabel(int classes) -> OptionalLong.of(classes);
                case Content.RandomLabels(int classes) -> OptionalLong.of(classes);
                case Content.Converted _, Content.Integers _, Content.RandomUniform _, Content.RandomNormal _ ->
                    OptionalLong.empty();
            };
        }
    }

    /**
     * Columns of the file, counted from 0, both ends included.
     *
     * @param single whether one is meant, which has no axis of its own
     */
    public record ColumnRange(int first, int last, boolean single) {
        public int count() {
            return last - first + 1;
        }

        /** Of a batch of their values. */
        public Shape shape() {
            return single ? Shape.of(Dim.BATCH) : Shape.of(Dim.BATCH, Dim.of(count()));
        }
    }

    public sealed interface Content {
        /** Numbers, and what is done with them once, when they are read. */
        sealed interface Converted extends Content {
            /** What is read for a batch. */
            Shape read();

            /** INPUT `columns`, which is what is read, to RESULT `value`. */
            Program convert();
        }

        record Columns(ColumnRange columns, Program convert) implements Converted {
            @Override
            public Shape read() {
                return columns.shape();
            }
        }

        /** @param read [batch, height, width, channels] */
        record Image(Shape read, Program convert) implements Converted {}

        /** The class number that the file of labels has for the example, checked like the others. */
        record ExampleLabel(int classes) implements Content {}

        /** Class numbers 0 .. classes - 1, checked when the file is read. */
        record Labels(ColumnRange columns, int classes) implements Content {}

        /** Whole numbers as they are. */
        record Integers(ColumnRange columns) implements Content {}

        record RandomUniform(double low, double high) implements Content {}

        record RandomNormal(double mean, double deviation) implements Content {}

        record RandomLabels(int classes) implements Content {}
    }

    /**
     * Shares sum to 1; a part may be absent (0). Without a seed the file's order decides.
     *
     * @param defaulted whether the file says nothing of it
     */
    public record Split(double train, double validation, double test, OptionalLong seed, boolean defaulted) {}
}
