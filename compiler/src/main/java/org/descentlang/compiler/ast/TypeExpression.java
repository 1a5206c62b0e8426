package org.descentlang.compiler.ast;

import java.util.List;
import org.descentlang.compiler.source.Span;

/** A type as written. */
public sealed interface TypeExpression {
    Span span();

    /**
     * `f32[.., n]`; {@code dimensions} is empty for a scalar, and holds {@link Expression.Leading} where `..` stands.
     */
    record Tensor(Name element, List<Expression> dimensions, Span span) implements TypeExpression {}

    /** A word that is not an element type: `duration`. */
    record Named(Name name) implements TypeExpression {
        @Override
        public Span span() {
            return name.span();
        }
    }
}
