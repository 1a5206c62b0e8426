package org.descentlang.compiler.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Scope;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.DataSpec.ColumnRange;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.DataSource;

/** Fields of files: `pixels = columns(0 .. 63) / 16`, `digit = label(column(64), classes = 10)`, `image() / 255`. */
final class FieldLowering {
    private static final int LAST_COLUMN = 1_000_000;
    private static final String LABEL_OF_COLUMN = "a label is written `label(column(64), classes = 10)`";
    private static final Set<String> COLUMNS = Set.of("column", "columns");

    private final Constants constants;
    private final FieldTypes types;
    private final ImageShapes images;
    private final Supplier<Elaboration> elaborations;

    /**
     * @param elaborations a new program called `convert` each time
     * @param inputs of the models that are trained on the data
     */
    FieldLowering(Constants constants, Supplier<Elaboration> elaborations, Supplier<ModelInputs> inputs) {
        this.constants = constants;
        types = new FieldTypes(constants);
        images = new ImageShapes(constants, types, inputs);
        this.elaborations = elaborations;
    }

    /** @param file where the field is read */
    Optional<DataSpec.Field> lower(DataClause.Field field, DataSource.File file) {
        List<Expression.Call> uses = ColumnUses.in(field.value());
        if (uses.size() != 1) {
            return fail(
                    field.value(),
                    "a field must be made from one `column(…)`, `columns(…)`, `image(…)` or `label(…)`"
                            + (uses.isEmpty() ? misspelt(field.value()) : ""));
        }
        Expression.Call use = uses.getFirst();
        if (!isOf(file, use)) {
            return Optional.empty();
        }
        return switch (use.callee().text()) {
            case "label" ->
                field.value().equals(use)
                        ? label(field, use)
                        : fail(field.value(), "`label(…)` must stand alone: a class is not a number to calculate with");
            case "image" ->
                images.of(field, use)
                        .flatMap(read ->
                                convert(field, use, read, program -> new DataSpec.Content.Image(read, program)));
            default -> numbers(field, use);
        };
    }

    /** Whether the file has what the field is made from. */
    private boolean isOf(DataSource.File file, Expression.Call use) {
        boolean table = !FileFormats.isIdx(file.examples().path());
        boolean images = isOfImages(use);
        boolean label = use.callee().text().equals("label");
        if (table == images) {
            constants.report(
                    table && label
                            ? Problem.at(use.span(), Code.WRONG_VALUE, LABEL_OF_COLUMN)
                            : Problem.at(
                                    use.span(),
                                    Code.CONFLICTING_CLAUSES,
                                    table
                                            ? "only IDX files have images: a table has columns, `columns(0 .. 63)`"
                                            : "an IDX file has no columns: its fields are `image()` and"
                                                    + " `label(classes = 10)`"));
            return false;
        }
        if (images
                && label
                && file.all().stream().anyMatch(paths -> paths.labels().isEmpty())) {
            constants.report(Problem.at(
                    use.span(),
                    Code.MISSING_CLAUSE,
                    "a label needs `labels` after every file: `from \"images-ubyte\" labels \"labels-ubyte\"`"));
            return false;
        }
        return true;
    }

    private static boolean isOfImages(Expression.Call use) {
        return switch (use.callee().text()) {
            case "image" -> true;
            case "label" -> use.arguments().stream().noneMatch(argument -> argument.value() instanceof Expression.Call);
            default -> false;
        };
    }

    private Optional<DataSpec.Field> label(DataClause.Field field, Expression.Call label) {
        return isOfImages(label) ? labelOfImage(field, label) : labelOfColumns(field, label);
    }

    private Optional<DataSpec.Field> labelOfImage(DataClause.Field field, Expression.Call label) {
        var arguments = label.arguments();
        if (arguments.size() != 1 || isMisnamed(arguments.getFirst())) {
            return fail(label, "a label of an image is written `label(classes = 10)`");
        }
        OptionalLong classes = constants.whole(arguments.getFirst().value(), "`classes`", 1, Integer.MAX_VALUE);
        return classes.isPresent()
                ? field(field, TensorType.i32(Shape.of(Dim.BATCH)), new DataSpec.Content.ExampleLabel((int)
                        classes.getAsLong()))
                : Optional.empty();
    }

    private Optional<DataSpec.Field> labelOfColumns(DataClause.Field field, Expression.Call label) {
        var arguments = label.arguments();
        boolean shaped = arguments.size() == 2
                && arguments.get(0).value() instanceof Expression.Call columns
                && COLUMNS.contains(columns.callee().text())
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
            return fail(label, LABEL_OF_COLUMN);
        }
        var columns = columns((Expression.Call) arguments.get(0).value());
        var classes = constants.whole(arguments.get(1).value(), "`classes`", 1, Integer.MAX_VALUE);
        if (columns.isEmpty() || classes.isEmpty()) {
            return Optional.empty();
        }
        return field(field, TensorType.i32(columns.get().shape()), new DataSpec.Content.Labels(columns.get(), (int)
                classes.getAsLong()));
    }

    /** @param made what comes of the columns, which the type may only order otherwise */
    private Optional<DataSpec.Field> field(DataClause.Field field, TensorType made, DataSpec.Content content) {
        return types.declared(field.type(), made)
                .map(type -> new DataSpec.Field(
                        field.name().text(),
                        type,
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

    private Optional<DataSpec.Field> numbers(DataClause.Field field, Expression.Call use) {
        Optional<ColumnRange> columns = columns(use);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        if (field.type().filter(FieldTypes::isWhole).isEmpty()) {
            return convert(
                    field, use, columns.get().shape(), program -> new DataSpec.Content.Columns(columns.get(), program));
        }
        return field.value().equals(use)
                ? field(field, TensorType.i32(columns.get().shape()), new DataSpec.Content.Integers(columns.get()))
                : fail(
                        field.value(),
                        "an i32 field takes the whole numbers of the file unchanged: calculate in the model");
    }

    /** @param shape of what is read for a batch */
    private Optional<DataSpec.Field> convert(
            DataClause.Field field, Expression.Call use, Shape shape, Function<Program, DataSpec.Content> content) {
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
        return field(field, type, content.apply(elaboration.builder().build()));
    }

    /** What `column(3)` or `columns(0 .. 63)` reads. */
    private Optional<ColumnRange> columns(Expression.Call use) {
        boolean single = use.callee().text().equals("column");
        if (use.arguments().size() != 1) {
            return fail(
                    use, single ? "`column` takes one number" : "`columns` takes one range, as in `columns(0 .. 63)`");
        }
        Expression argument = use.arguments().getFirst().value();
        return argument instanceof Expression.Range range && !single ? range(range) : one(argument, single);
    }

    private Optional<ColumnRange> one(Expression number, boolean single) {
        OptionalLong column = whole(number, single ? "a column" : "a first column, as in `columns(0 .. 63)`,");
        return column.isPresent()
                ? Optional.of(new ColumnRange((int) column.getAsLong(), (int) column.getAsLong(), single))
                : Optional.empty();
    }

    private Optional<ColumnRange> range(Expression.Range range) {
        OptionalLong first = whole(range.low(), "a column");
        OptionalLong last = whole(range.high(), "a column");
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (last.getAsLong() < first.getAsLong()) {
            constants.report(Problem.at(range.span(), Code.CLAUSE_VALUE, "the last column comes before the first"));
            return Optional.empty();
        }
        return Optional.of(new ColumnRange((int) first.getAsLong(), (int) last.getAsLong(), false));
    }

    private OptionalLong whole(Expression expression, String what) {
        if (expression instanceof Expression.Text) {
            constants.report(Problem.at(
                    expression.span(),
                    Code.NOT_SUPPORTED,
                    "columns are selected by number, counted from 0; names are not supported yet"));
            return OptionalLong.empty();
        }
        return constants.whole(expression, what, 0, LAST_COLUMN);
    }

    private <T> Optional<T> fail(Expression at, String title) {
        constants.report(Problem.at(at.span(), Code.WRONG_VALUE, title));
        return Optional.empty();
    }
}
