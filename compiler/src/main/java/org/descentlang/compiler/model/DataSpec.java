package org.descentlang.compiler.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.TensorType;

/** Where examples come from. */
public record DataSpec(String name, Optional<String> doc, Source source, List<Field> fields, Split split, Span span) {
    /** The same with other programs. */
    public DataSpec mapPrograms(UnaryOperator<Program> change) {
        var changed = fields.stream().map(field -> field.mapPrograms(change)).toList();
        return new DataSpec(name, doc, source, changed, split, span);
    }

    public sealed interface Source {
        /** A file of comma-separated numbers; a first line that is no number is a header. */
        record Csv(String path, Span span) implements Source {}

        /** Made in memory. */
        record Random(long examples) implements Source {}
    }

    /**
     * @param type of a whole batch: [batch, …]
     * @param text the content as written: `columns(0 .. 63) / 16`
     */
    public record Field(String name, TensorType type, Content content, String text, Optional<String> doc, Span span) {
        /** What its values are below, if they are classes. */
        public OptionalLong classes() {
            return switch (content) {
                case Content.Label(var _, int classes) -> OptionalLong.of(classes);
                case Content.RandomLabel(int classes) -> OptionalLong.of(classes);
                case Content.Columns _, Content.RandomUniform _, Content.RandomNormal _ -> OptionalLong.empty();
            };
        }

        Field mapPrograms(UnaryOperator<Program> change) {
            return content instanceof Content.Columns(var first, var last, var single, var convert)
                    ? new Field(
                            name,
                            type,
                            new Content.Columns(first, last, single, change.apply(convert)),
                            text,
                            doc,
                            span)
                    : this;
        }
    }

    public sealed interface Content {
        /**
         * Columns of the file, 0-based, both ends included.
         *
         * @param convert what is done with them once, when they are read: INPUT `columns` f32[batch, last - first + 1] (or
         *     f32[batch] with {@code single}) to RESULT `value`
         */
        record Columns(int first, int last, boolean single, Program convert) implements Content {}

        /** A class number 0 .. classes - 1, checked when the file is read. */
        record Label(int column, int classes) implements Content {}

        record RandomUniform(double low, double high) implements Content {}

        record RandomNormal(double mean, double deviation) implements Content {}

        record RandomLabel(int classes) implements Content {}
    }

    /**
     * Shares sum to 1; a part may be absent (0). Without a seed the file's order decides.
     *
     * @param defaulted whether the file says nothing of it
     */
    public record Split(double train, double validation, double test, OptionalLong seed, boolean defaulted) {}
}
