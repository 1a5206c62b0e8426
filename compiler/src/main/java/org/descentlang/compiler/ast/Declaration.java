package org.descentlang.compiler.ast;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.Span;

/** What stands at the top level of a file. */
public sealed interface Declaration {
    Name name();

    Optional<String> doc();

    Span span();

    /**
     * Everything with parameters and a body; `= expression` is a body with one `return`.
     *
     * @param direction of a metric, if it says one
     */
    record Definition(
            Kind kind,
            Name name,
            List<Parameter> parameters,
            Optional<TypeExpression> result,
            Optional<Direction> direction,
            List<Requirement> requirements,
            List<Statement> body,
            Optional<String> doc,
            Span span)
            implements Declaration {}

    record Data(Name name, List<DataClause> clauses, Optional<String> doc, Span span) implements Declaration {}

    record Train(Name name, List<TrainClause> clauses, Optional<String> doc, Span span) implements Declaration {}

    /** `x : f32[.., n]`, `units`, `init = glorot_uniform`, `over : duration = rest`. */
    record Parameter(Name name, Optional<TypeExpression> type, Optional<Expression> initial, Span span) {}

    enum Kind {
        FUNCTION,
        LAYER,
        MODEL,
        LOSS,
        METRIC,
        OPTIMIZER,
        CLIP,
        SCHEDULE,
        INIT;

        public String keyword() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
