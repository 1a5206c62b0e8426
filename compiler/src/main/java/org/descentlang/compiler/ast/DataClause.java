package org.descentlang.compiler.ast;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.Span;

/** One clause of `data`. */
public sealed interface DataClause {
    Span span();

    /** `from "data/digits.csv"`. */
    record From(Files files, Span span) implements DataClause {}

    /** `test from "data/more-digits.csv"`. */
    record SplitFrom(Name split, Files files, Span span) implements DataClause {}

    /** `from "images-ubyte" labels "labels-ubyte"`. */
    record Files(Expression path, Optional<Expression> labels) {}

    /** `image = columns(0 .. 63) / 16`, `image : f32[batch, 8, 8] = columns(0 .. 63) / 16`. */
    record Field(Name name, Optional<TypeExpression> type, Expression value, Optional<String> doc, Span span)
            implements DataClause {}

    /** `random image : f32[batch, 784] uniform(0, 1)`. */
    record RandomField(Name name, TypeExpression type, Expression distribution, Optional<String> doc, Span span)
            implements DataClause {}

    /** `examples 1024`. */
    record Examples(Expression count, Span span) implements DataClause {}

    /** `split train 70%, validation 15%, test 15% seed 7`. */
    record Split(List<Part> parts, Optional<Expression> seed, Span span) implements DataClause {}

    record Part(Name name, Expression share) {}
}
