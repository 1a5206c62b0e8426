package org.descentlang.compiler.ast;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.Span;

/** One step of a body. Which statements a body may have depends on its definition; `check` says so. */
public sealed interface Statement {
    Span span();

    /** `name = value`; several names take a tuple apart. */
    record Let(List<Name> names, Expression value, Span span) implements Statement {}

    /** `name ← value`: changes running state, an optimizer's state, a gradient or a parameter. */
    record Assign(Name target, Expression value, Span span) implements Statement {}

    /** `weight w : f32[n, units] = glorot_uniform`; the role is the keyword. */
    record ParameterDeclaration(
            Role role, Name name, TypeExpression type, Optional<Expression> initial, Optional<String> doc, Span span)
            implements Statement {}

    /** `running mean : f32[c] = 0`: kept between steps, not trained. */
    record RunningDeclaration(Name name, TypeExpression type, Expression initial, Optional<String> doc, Span span)
            implements Statement {}

    record InputDeclaration(Name name, TypeExpression type, Optional<String> doc, Span span) implements Statement {}

    record OutputDeclaration(
            Name name, Optional<TypeExpression> type, Expression value, Optional<String> doc, Span span)
            implements Statement {}

    record Return(Expression value, Span span) implements Statement {}

    /** `if training { … } else { … }`; decided at compile time. */
    record If(Expression condition, List<Statement> then, List<Statement> otherwise, Span span) implements Statement {}

    /** `for i in 1 .. 6 { … }`: unrolled at compile time. */
    record For(Name variable, Expression low, Expression high, List<Statement> body, Span span) implements Statement {}

    /** `emit h` in a scan. */
    record Emit(Expression value, Span span) implements Statement {}

    /** `state m = 0, v = 0` in an optimizer. */
    record StateDeclaration(List<Expression.Binding> states, Span span) implements Statement {}

    /** `gradient at θ + α * v` in an optimizer. */
    record GradientAt(Expression point, Span span) implements Statement {}

    /** `for bias, head.* { lr = 0.01 }` in an optimizer, or where one is used. */
    record ForParameters(List<Selector> selectors, List<Expression.Binding> settings, Span span) implements Statement {}

    /** `freeze encoder.*` where an optimizer is used. */
    record Freeze(List<Selector> selectors, Span span) implements Statement {}

    /** A role or a path, `*` at its end or between dots standing for any parts; {@code text} as written. */
    record Selector(String text, Span span) {}

    enum Role {
        WEIGHT,
        BIAS,
        GAIN,
        EMBEDDING;

        public String keyword() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
