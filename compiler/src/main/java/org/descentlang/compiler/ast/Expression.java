package org.descentlang.compiler.ast;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.Span;

/** What has a value. `x |> f(a)` is already `f(x, a)` here. */
public sealed interface Expression {
    Span span();

    /** `0.5`, `1e-3`; `70%` is 0.7 with {@code percent} set. */
    record Number(double value, boolean percent, Span span) implements Expression {}

    /** `100 steps`, `5 epochs`, `10 minutes`. */
    record Quantity(double amount, Unit unit, Span span) implements Expression {}

    record Text(String value, Span span) implements Expression {}

    record Truth(boolean value, Span span) implements Expression {}

    /** A name on its own: a value, a dimension, or a function that is passed on. */
    record Reference(Name name) implements Expression {
        @Override
        public Span span() {
            return name.span();
        }
    }

    /** `validation.accuracy`, `body.dropout.rate`: two parts or more. */
    record Path(List<Name> parts, Span span) implements Expression {}

    /** `all g` inside a reduction: over all trained parameters. */
    record All(Name name, Span span) implements Expression {}

    /** `..` as an argument: the leading dimensions. */
    record Leading(Span span) implements Expression {}

    /** `[a, b]`. */
    record Array(List<Expression> elements, Span span) implements Expression {}

    /** `(a, b)`, and what `return a, b` returns. */
    record Tuple(List<Expression> elements, Span span) implements Expression {}

    record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {}

    record Binary(BinaryOperator operator, Expression left, Expression right, Span operatorSpan, Span span)
            implements Expression {}

    /** `f(a, name = b)`; with {@code piped}, the first argument stood before `|>`. */
    record Call(Name callee, List<Argument> arguments, boolean piped, Span span) implements Expression {}

    /** `lo .. hi`, both ends included. */
    record Range(Expression low, Expression high, Span span) implements Expression {}

    /** `x[0]`, `x[.., 0 .. 3]`. */
    record Index(Expression target, List<Subscript> subscripts, Span span) implements Expression {}

    /** Schedule `first` for its `over`, then `second`. */
    record Then(Expression first, Expression second, Span span) implements Expression {}

    /**
     * `scan s in x along time with h = zeros(..) { … }`.
     *
     * @param sequences what each turn has an element of, by the element's name
     * @param axis the name of a dimension, or a position
     */
    record Scan(
            List<Binding> sequences,
            Expression axis,
            boolean backwards,
            List<Binding> carried,
            List<Statement> body,
            Span keywordSpan,
            Span span)
            implements Expression {}

    /** `(scan …).h`. */
    record Member(Expression target, Name name, Span span) implements Expression {}

    /** `(name = value)` in a call, or a positional value. */
    record Argument(Optional<Name> name, Expression value) {}

    /** `s in x` and `h = zeros(…)` in a scan, `m = 0` in a `state`. */
    record Binding(Name name, Expression value) {}

    /** One place between the brackets of an index. */
    sealed interface Subscript {
        Span span();

        record At(Expression position) implements Subscript {
            @Override
            public Span span() {
                return position.span();
            }
        }

        /** `a .. b`, `a ..`, `.. b`; both ends included. */
        record Between(Optional<Expression> low, Optional<Expression> high, Span span) implements Subscript {}

        /** `..`: all leading dimensions that are not named. */
        record Rest(Span span) implements Subscript {}
    }

    enum Unit {
        STEPS,
        EPOCHS,
        SAMPLES,
        SECONDS,
        MINUTES,
        HOURS
    }

    enum UnaryOperator {
        NEGATE("-"),
        NOT("not");

        private final String text;

        UnaryOperator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    enum BinaryOperator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        REMAINDER("mod"),
        POWER("^"),
        MATRIX_PRODUCT("@"),
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        AND("and"),
        OR("or");

        private final String text;

        BinaryOperator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
