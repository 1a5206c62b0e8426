package org.descentlang.compiler.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.Duration;

/**
 * Evaluates expressions in a scope: numbers at once, tensors by appending to the program. What is wrong is reported
 * once and becomes {@link Value.Failure}, about which everything later is silent.
 */
public final class ExpressionLowering {
    private final Elaboration elaboration;
    private final Elementwise elementwise;
    private final Names names;
    private final Calls calls;
    private final Indexing indexing;
    private final MatrixProduct matrixProduct;
    private final Scans scans;

    public ExpressionLowering(Elaboration elaboration) {
        this.elaboration = elaboration;
        this.elementwise = new Elementwise(elaboration);
        this.names = new Names(elaboration);
        this.calls = new Calls(this);
        this.indexing = new Indexing(this);
        this.matrixProduct = new MatrixProduct(elaboration);
        this.scans = new Scans(this);
    }

    public Elaboration elaboration() {
        return elaboration;
    }

    Elementwise elementwise() {
        return elementwise;
    }

    Scans scans() {
        return scans;
    }

    public Calls calls() {
        return calls;
    }

    public Value evaluate(Expression expression, Scope scope) {
        return evaluate(expression, () -> dispatch(expression, scope));
    }

    /** What an expression comes to by {@code rule}. */
    Value evaluate(Expression expression, Supplier<Value> rule) {
        if (!elaboration.descend(expression.span())) {
            return Value.FAILURE;
        }
        try {
            return located(expression, rule);
        } finally {
            elaboration.ascend();
        }
    }

    /** Evaluates with the expression as the place that instructions come from. */
    private Value located(Expression expression, Supplier<Value> evaluation) {
        Optional<Span> outer = elaboration.builder().origin();
        if (outer.isEmpty() || !expression.span().source().isLibrary()) {
            elaboration.builder().at(Optional.of(expression.span()));
        }
        try {
            return bounded(evaluation.get(), expression.span());
        } finally {
            elaboration.builder().at(outer);
        }
    }

    /** The value, unless it is a tensor with more elements than anything here can address. */
    private Value bounded(Value value, Span span) {
        if (value instanceof Value.Tensor tensor
                && !Sizes.isAddressable(tensor.type().shape())) {
            return elaboration.fail(
                    Problem.at(span, Code.TOO_LARGE, "a tensor " + tensor.type() + " has more than 2^31 - 1 elements"));
        }
        return value;
    }

    private Value dispatch(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Number n -> new Value.Number(n.value(), OptionalInt.empty(), Optional.of(n.span()));
            case Expression.Quantity quantity -> new Value.Length(duration(quantity));
            case Expression.Text text -> new Value.Text(text.value());
            case Expression.Truth truth -> Value.Truth.of(truth.value());
            case Expression.Reference reference -> names.reference(reference.name(), scope);
            case Expression.Path path -> names.path(path, scope);
            case Expression.All all -> all(all.name(), scope);
            case Expression.Leading leading -> calls.reductions().count(leading, scope);
            case Expression.Array array -> new Value.Array(each(array.elements(), scope));
            case Expression.Tuple tuple -> new Value.Tuple(each(tuple.elements(), scope));
            case Expression.Unary unary -> unary(unary, scope);
            case Expression.Binary binary -> chain(binary, scope);
            case Expression.Call call -> calls.call(call, scope);
            case Expression.Index index -> indexing.index(index, scope);
            case Expression.Range range -> misplaced(range, "a range");
            case Expression.Then then -> misplaced(then, "`then`");
            case Expression.Scan scan -> scans.emitted(scan, scope);
            case Expression.Member member -> scans.last(member, scope);
        };
    }

    /** The value of an expression that must be a tensor; a number becomes a scalar. */
    public Optional<Value.Tensor> tensor(Expression expression, Scope scope) {
        return tensor(evaluate(expression, scope), expression);
    }

    /** The value as a tensor, or a report at its expression. */
    public Optional<Value.Tensor> tensor(Value value, Expression expression) {
        return elementwise.tensor(new Elementwise.Operand(value, expression), ElementType.F32);
    }

    /** What the body of a definition returns in a scope where its parameters are bound; {@code use} is its call. */
    public Value body(Definition definition, Span use, Scope scope) {
        if (!elaboration.enter(use)) {
            return Value.FAILURE;
        }
        try {
            return new StatementLowering(this, calls.inlining().types()).body(definition, scope);
        } finally {
            elaboration.leave();
        }
    }

    /** A number that must be known at compile time; {@code what} names it in the report: "`for`'s last value". */
    public OptionalDouble number(Expression expression, Scope scope, String what) {
        Value value = evaluate(expression, scope);
        if (value instanceof Value.Number number) {
            return OptionalDouble.of(number.value());
        }
        if (!(value instanceof Value.Failure)) {
            elaboration.report(notConstant(expression.span(), what, value));
        }
        return OptionalDouble.empty();
    }

    /** A size: a whole number, not negative, or one that depends on the batch. */
    Optional<Dimension> dimension(Expression expression, Scope scope) {
        Value value = evaluate(expression, scope);
        Optional<Dim> dim = Sizes.dim(value);
        Optional<Span> written = value instanceof Value.Number number ? number.written() : Optional.empty();
        if (dim.isEmpty() && !(value instanceof Value.Failure)) {
            elaboration.report(Problem.at(
                    written.orElse(expression.span()),
                    Code.SIZE,
                    "a size must be a whole number known at compile time, not " + Values.describe(value)));
        }
        return dim.map(d -> new Dimension(d, written));
    }

    /** A condition that must be decided at compile time. */
    Optional<Boolean> decide(Expression condition, Scope scope) {
        Value value = evaluate(condition, scope);
        if (value instanceof Value.Truth truth) {
            return Optional.of(truth.value());
        }
        if (!(value instanceof Value.Failure)) {
            elaboration.report(notConstant(condition.span(), "the condition of `if`", value)
                    .help("to choose between tensors, write `where(condition, a, b)`"));
        }
        return Optional.empty();
    }

    static Problem notConstant(Span span, String what, Value value) {
        boolean computed = value instanceof Value.Tensor || value instanceof Value.Size;
        return computed
                ? Problem.at(
                        span, Code.NOT_CONSTANT, what + " must be known at compile time, but is computed at run time")
                : Problem.at(
                        span, Code.WRONG_VALUE, what + " must be known at compile time, not " + Values.describe(value));
    }

    private List<Value> each(List<Expression> expressions, Scope scope) {
        var values = new ArrayList<Value>();
        expressions.forEach(e -> values.add(evaluate(e, scope)));
        return values;
    }

    private Value all(Name name, Scope scope) {
        return scope.value("all " + name.text())
                .orElseGet(() -> elaboration.fail(Problem.at(
                        name.span(),
                        Code.MISPLACED,
                        "`all " + name + "` is allowed only inside a reduction in an optimizer or a clip")));
    }

    private Value unary(Expression.Unary unary, Scope scope) {
        Value operand = evaluate(unary.operand(), scope);
        return switch (unary.operator()) {
            case NEGATE -> calls.primitives().unary(Op.UnaryKind.NEGATE, "-", operand, unary.operand());
            case NOT -> calls.primitives().unary(Op.UnaryKind.NOT, "not", operand, unary.operand());
        };
    }

    /** `a + b + c` leans to the left, and is as deep as one operator. */
    private Value chain(Expression.Binary last, Scope scope) {
        Deque<Expression.Binary> operators = new ArrayDeque<>();
        Expression first = last;
        while (first instanceof Expression.Binary binary) {
            operators.push(binary);
            first = binary.left();
        }
        Value value = evaluate(first, scope);
        for (Expression.Binary operator : operators) {
            Value left = value;
            value = elaboration.spend(1, operator.span())
                    ? located(operator, () -> binary(operator, left, scope))
                    : Value.FAILURE;
        }
        return value;
    }

    private Value binary(Expression.Binary binary, Value leftValue, Scope scope) {
        var left = new Elementwise.Operand(leftValue, binary.left());
        var right = new Elementwise.Operand(evaluate(binary.right(), scope), binary.right());
        if (left.value() instanceof Value.Failure || right.value() instanceof Value.Failure) {
            return Value.FAILURE;
        }
        if (Values.isNone(left.value()) || Values.isNone(right.value())) {
            return withNone(binary, left, right);
        }
        String text = binary.operator().text();
        return Operators.arithmetic(binary.operator())
                .map(kind -> elementwise.binary(kind, left, right, text, binary.span()))
                .or(() -> Operators.comparison(binary.operator())
                        .map(c -> elementwise.compare(c, left, right, text, binary.span())))
                .orElseGet(() -> matrixProduct.of(left, right, elementwise, binary.span()));
    }

    /** Whether an argument was left out: `ignore == none`. */
    private Value withNone(Expression.Binary binary, Elementwise.Operand left, Elementwise.Operand right) {
        boolean same = Values.isNone(left.value()) && Values.isNone(right.value());
        return switch (Operators.comparison(binary.operator()).orElse(Op.Comparison.LESS)) {
            case EQUAL -> Value.Truth.of(same);
            case NOT_EQUAL -> Value.Truth.of(!same);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                elaboration.fail(
                        Problem.at(binary.span(), Code.WRONG_VALUE, "`none` can only be compared with `==` and `!=`"));
        };
    }

    private Value misplaced(Expression expression, String what) {
        return elaboration.fail(Problem.at(expression.span(), Code.MISPLACED, what + " is not allowed here"));
    }

    Value unsupported(Span span, String what) {
        return elaboration.fail(Problem.at(span, Code.NOT_SUPPORTED, "`" + what + "` is not supported yet"));
    }

    public static Duration duration(Expression.Quantity quantity) {
        double amount = quantity.amount();
        return switch (quantity.unit()) {
            case STEPS, EPOCHS, SAMPLES, SECONDS ->
                new Duration(
                        amount, Duration.Unit.valueOf(quantity.unit().name().toUpperCase(Locale.ROOT)));
            case MINUTES -> new Duration(60 * amount, Duration.Unit.SECONDS);
            case HOURS -> new Duration(3600 * amount, Duration.Unit.SECONDS);
        };
    }
}
