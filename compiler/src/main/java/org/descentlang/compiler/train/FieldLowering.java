package org.descentlang.compiler.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Scope;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** Fields of `data`: `image = columns(0 .. 63) / 16`, `random y : i32[batch] label(10)`. */
final class FieldLowering {
    private static final int LAST_COLUMN = 1_000_000;
    private static final List<String> DISTRIBUTIONS = List.of("uniform", "normal", "label");

    private final Constants constants;
    private final Supplier<Elaboration> elaborations;

    /** @param elaborations a new program called `convert` each time */
    FieldLowering(Constants constants, Supplier<Elaboration> elaborations) {
        this.constants = constants;
        this.elaborations = elaborations;
    }

    Optional<DataSpec.Field> lower(DataClause.Field field) {
        List<Expression.Call> uses = ColumnUses.in(field.value());
        if (uses.size() != 1) {
            return fail(
                    field.value(),
                    "a field is made from one `column(…)`, `columns(…)` or `label(…)`"
                            + (uses.isEmpty() ? misspelt(field.value()) : ""));
        }
        Expression.Call use = uses.getFirst();
        if (!use.callee().text().equals("label")) {
            return columns(field, use);
        }
        return field.value().equals(use)
                ? label(field, use)
                : fail(field.value(), "`label(…)` stands alone: a class is no number to calculate with");
    }

    Optional<DataSpec.Field> lower(DataClause.RandomField field) {
        var content = random(field.distribution());
        var type = type(field.type());
        if (content.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        boolean label = content.get() instanceof DataSpec.Content.RandomLabel;
        if (label && !type.get().equals(TensorType.i32(Shape.of(Dim.BATCH)))) {
            return fail(field.type().span(), "a random label has the type i32[batch]");
        }
        if (!label && type.get().element() != ElementType.F32) {
            return fail(field.type().span(), "random numbers are f32");
        }
        return Optional.of(new DataSpec.Field(
                field.name().text(),
                type.get(),
                content.get(),
                field.distribution().span().text(),
                field.doc(),
                field.name().span()));
    }

    private Optional<DataSpec.Field> label(DataClause.Field field, Expression.Call label) {
        var arguments = label.arguments();
        boolean shaped = arguments.size() == 2
                && arguments.get(0).value() instanceof Expression.Call column
                && column.callee().text().equals("column")
                && column.arguments().size() == 1
                && arguments
                        .get(1)
                        .name()
                        .map(name -> name.text().equals("classes"))
                        .orElse(true);
        if (!shaped && arguments.size() == 2 && isMisnamed(arguments.get(1))) {
            Name name = arguments.get(1).name().orElseThrow();
            constants.report(Problem.at(
                    name.span(),
                    Code.UNKNOWN_ARGUMENT,
                    "`label` has no argument `" + name + "`" + Suggestion.didYouMean(name.text(), List.of("classes"))));
            return Optional.empty();
        }
        if (!shaped) {
            return fail(label, "a label is written `label(column(64), classes = 10)`");
        }
        var column = whole(
                ((Expression.Call) arguments.get(0).value())
                        .arguments()
                        .getFirst()
                        .value(),
                "a column");
        var classes = constants.whole(arguments.get(1).value(), "`classes`", 1, Integer.MAX_VALUE);
        if (column.isEmpty() || classes.isEmpty()) {
            return Optional.empty();
        }
        var content = new DataSpec.Content.Label((int) column.getAsLong(), (int) classes.getAsLong());
        return Optional.of(new DataSpec.Field(
                field.name().text(),
                TensorType.i32(Shape.of(Dim.BATCH)),
                content,
                field.value().span().text(),
                field.doc(),
                field.name().span()));
    }

    /** `colums(0 .. 3) / 16`. */
    private static String misspelt(Expression value) {
        return switch (value) {
            case Expression.Call call -> Suggestion.didYouMean(call.callee().text(), ColumnUses.NAMES);
            case Expression.Binary(var _, var left, var right, var _, var _) -> misspelt(left) + misspelt(right);
            case Expression.Unary(var _, var operand, var _) -> misspelt(operand);
            default -> "";
        };
    }

    private static boolean isMisnamed(Expression.Argument classes) {
        return classes.name().filter(name -> !name.text().equals("classes")).isPresent();
    }

    private Optional<DataSpec.Field> columns(DataClause.Field field, Expression.Call use) {
        boolean single = use.callee().text().equals("column");
        Optional<Bounds> bounds = use.arguments().size() == 1
                ? bounds(use.arguments().getFirst().value(), single)
                : fail(
                        use,
                        single ? "`column` takes one number" : "`columns` takes one range, as in `columns(0 .. 63)`");
        return bounds.flatMap(range -> convert(field, use, range, single));
    }

    private Optional<DataSpec.Field> convert(
            DataClause.Field field, Expression.Call use, Bounds range, boolean single) {
        Shape shape = single ? Shape.of(Dim.BATCH) : Shape.of(Dim.BATCH, Dim.of(range.last() - range.first() + 1));
        Elaboration elaboration = elaborations.get();
        TensorType read = TensorType.f32(shape);
        int columns = elaboration.read(Op.Storage.INPUT, "columns", read);
        Scope scope = elaboration.scope(new Place(""));
        Name stand = new Name(use.span().text(), use.span());
        scope.bind(stand.text(), Value.Tensor.of(columns, read));
        Expression conversion = ColumnUses.replace(field.value(), use, new Expression.Reference(stand));
        Optional<Value.Tensor> value = new ExpressionLowering(elaboration).tensor(conversion, scope);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        TensorType type = value.get().type();
        if (type.element() != ElementType.F32
                || type.shape().rank() == 0
                || !type.shape().dim(0).equals(Dim.BATCH)) {
            return fail(field.value(), "a field has numbers for every example, f32[batch, …], but this is " + type);
        }
        elaboration.builder().output(Output.Sink.RESULT, "value", value.get().id());
        var content = new DataSpec.Content.Columns(
                range.first(), range.last(), single, elaboration.builder().build());
        return Optional.of(new DataSpec.Field(
                field.name().text(),
                type,
                content,
                field.value().span().text(),
                field.doc(),
                field.name().span()));
    }

    private record Bounds(int first, int last) {}

    private Optional<Bounds> bounds(Expression expression, boolean single) {
        if (single || !(expression instanceof Expression.Range range)) {
            OptionalLong column = whole(expression, single ? "a column" : "a first column, as in `columns(0 .. 63)`,");
            return column.isPresent()
                    ? Optional.of(new Bounds((int) column.getAsLong(), (int) column.getAsLong()))
                    : Optional.empty();
        }
        OptionalLong first = whole(range.low(), "a column");
        OptionalLong last = whole(range.high(), "a column");
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (last.getAsLong() < first.getAsLong()) {
            constants.report(Problem.at(range.span(), Code.CLAUSE_VALUE, "the last column comes before the first"));
            return Optional.empty();
        }
        return Optional.of(new Bounds((int) first.getAsLong(), (int) last.getAsLong()));
    }

    private OptionalLong whole(Expression expression, String what) {
        if (expression instanceof Expression.Text) {
            constants.report(Problem.at(
                    expression.span(),
                    Code.NOT_SUPPORTED,
                    "columns go by their number, counted from 0; their names are not supported yet"));
            return OptionalLong.empty();
        }
        return constants.whole(expression, what, 0, LAST_COLUMN);
    }

    private Optional<DataSpec.Content> random(Expression expression) {
        if (!(expression instanceof Expression.Call call)) {
            return fail(
                    expression,
                    "`uniform(low, high)`, `normal(mean, deviation)` or `label(classes)` says what is drawn");
        }
        String name = call.callee().text();
        int wanted = name.equals("label") ? 1 : 2;
        if (!DISTRIBUTIONS.contains(name)) {
            return fail(
                    call,
                    "nothing can be drawn from `%s`%s".formatted(name, Suggestion.didYouMean(name, DISTRIBUTIONS)));
        }
        if (call.arguments().size() != wanted) {
            return fail(call, "`%s` needs %d argument%s here".formatted(name, wanted, wanted == 1 ? "" : "s"));
        }
        Expression first = call.arguments().getFirst().value();
        if (wanted == 1) {
            OptionalLong classes = constants.whole(first, "the number of classes", 1, Integer.MAX_VALUE);
            return classes.isPresent()
                    ? Optional.of(new DataSpec.Content.RandomLabel((int) classes.getAsLong()))
                    : Optional.empty();
        }
        OptionalDouble a = constants.number(first, "`" + name + "`'s first number");
        OptionalDouble b = constants.number(call.arguments().get(1).value(), "`" + name + "`'s second number");
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                name.equals("uniform")
                        ? new DataSpec.Content.RandomUniform(a.getAsDouble(), b.getAsDouble())
                        : new DataSpec.Content.RandomNormal(a.getAsDouble(), b.getAsDouble()));
    }

    private Optional<TensorType> type(TypeExpression written) {
        boolean ofExamples = written instanceof TypeExpression.Tensor tensor
                && !tensor.dimensions().isEmpty()
                && tensor.dimensions().getFirst() instanceof Expression.Reference(var name)
                && name.text().equals("batch");
        if (!ofExamples) {
            return fail(written.span(), "a field has a value for every example: `f32[batch, …]` or `i32[batch]`");
        }
        var tensor = (TypeExpression.Tensor) written;
        Shape shape = Shape.of(Dim.BATCH);
        for (Expression dimension :
                tensor.dimensions().subList(1, tensor.dimensions().size())) {
            OptionalLong size = constants.whole(dimension, "a size", 1, Integer.MAX_VALUE);
            if (size.isEmpty()) {
                return Optional.empty();
            }
            shape = shape.append(Dim.of(size.getAsLong()));
        }
        return switch (tensor.element().text()) {
            case "f32" -> Optional.of(TensorType.f32(shape));
            case "i32" -> Optional.of(TensorType.i32(shape));
            default -> fail(tensor.element().span(), "the data holds f32 or i32, not `" + tensor.element() + "`");
        };
    }

    private <T> Optional<T> fail(Expression at, String title) {
        return fail(at.span(), title);
    }

    private <T> Optional<T> fail(Span at, String title) {
        constants.report(Problem.at(at, Code.WRONG_VALUE, title));
        return Optional.empty();
    }
}
