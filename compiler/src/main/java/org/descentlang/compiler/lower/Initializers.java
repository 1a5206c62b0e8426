package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.Initializer;

/** The initial values of a parameter: a number, a list, or an initialiser that may ask for `fan_in` and `fan_out`. */
final class Initializers {
    private final ExpressionLowering lowering;
    private final Elaboration elaboration;

    Initializers(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
    }

    /** Empty if something was reported. */
    Optional<Initializer> initial(Expression expression, Shape shape, Scope scope) {
        return initial(lowering.evaluate(expression, scope(scope, shape)), expression.span(), shape, scope);
    }

    /**
     * Columns of a matrix are units: `fan_in` is the product of all sizes but the last. `fan_out` is the last one, for
     * each position of a filter [size…, channels, units], as Keras and PyTorch count.
     */
    private static Scope scope(Scope outer, Shape shape) {
        var scope = outer.inner();
        scope.prefer(Kind.INIT);
        double count = (double) shape.count().fixed();
        double last = shape.isScalar() ? 1 : (double) shape.last().fixed();
        boolean matrix = shape.rank() > 1 && last > 0;
        scope.bind(Scope.FAN_IN, Value.Number.of(matrix ? count / last : last));
        double positions = 1;
        for (int axis = 0; axis < shape.rank() - 2; axis++) {
            positions *= (double) shape.dim(axis).fixed();
        }
        scope.bind(Scope.FAN_OUT, Value.Number.of(last * positions));
        return scope;
    }

    private Optional<Initializer> initial(Value value, Span place, Shape shape, Scope scope) {
        return switch (value) {
            case Value.Number number -> finite(number.value(), place).map(Initializer.Constant::new);
            case Value.Start start -> fits(start.initial(), shape, place);
            case Value.Array array -> values(array, shape, place);
            case Value.WaitingInitializer later ->
                initial(lowering.evaluate(later.expression(), scope(later.scope(), shape)), place, shape, scope);
            case Value.Symbol symbol -> named(symbol, shape, place, scope);
            case Value.Failure _ -> Optional.empty();
            case Value.Tensor _,
                    Value.Tensors _,
                    Value.Size _,
                    Value.Truth _,
                    Value.Text _,
                    Value.Length _,
                    Value.Tuple _,
                    Value.Instance _ ->
                failed(
                        place,
                        "an initial value must be a number, a list or an initialiser, not " + Values.describe(value));
        };
    }

    /** `glorot_uniform` without parentheses. */
    private Optional<Initializer> named(Value.Symbol symbol, Shape shape, Span place, Scope scope) {
        var call = new Expression.Call(
                symbol.name(), List.of(), false, symbol.name().span());
        String name = symbol.name().text();
        boolean known = elaboration
                        .declarations()
                        .definition(List.of(Kind.INIT), symbol.name())
                        .isPresent()
                || Distributions.NAMES.contains(name);
        return known
                ? initial(lowering.evaluate(call, scope(scope, shape)), place, shape, scope)
                : failed(place, "`" + name + "` is not an initialiser");
    }

    private Optional<Initializer> fits(Initializer initial, Shape shape, Span place) {
        Optional<String> wrong = switch (initial) {
            case Initializer.Parts(var values)
            when shape.isScalar() || shape.last().fixed() % values.size() != 0 ->
                Optional.of("the last axis of " + shape + " cannot be cut into the " + values.size()
                        + " equal parts that have first values here");
            case Initializer.Orthogonal _ when shape.rank() < 2 -> tooFewAxes("orthogonal", shape);
            case Initializer.Sparse _ when shape.rank() < 2 -> tooFewAxes("sparse", shape);
            case Initializer.Sparse(int kept, double _)
            when kept > inputs(shape) ->
                Optional.of("`sparse` keeps " + kept + " weights of each unit, but with the shape " + shape
                        + " a unit has " + inputs(shape));
            case Initializer.Identity _
            when shape.rank() != 2 -> Optional.of("`identity` needs a matrix, but the parameter has shape " + shape);
            case Initializer.Constant _,
                    Initializer.Values _,
                    Initializer.Parts _,
                    Initializer.Uniform _,
                    Initializer.Normal _,
                    Initializer.TruncatedNormal _,
                    Initializer.Orthogonal _,
                    Initializer.Identity _,
                    Initializer.Sparse _ -> Optional.empty();
        };
        return wrong.isPresent() ? failed(place, wrong.get()) : Optional.of(initial);
    }

    private static Optional<String> tooFewAxes(String name, Shape shape) {
        return Optional.of("`" + name + "` needs at least two axes, but the parameter has shape " + shape);
    }

    private static long inputs(Shape shape) {
        return shape.count().fixed() / shape.last().fixed();
    }

    private Optional<Initializer> values(Value.Array array, Shape shape, Span place) {
        var values = new ArrayList<Double>();
        Optional<List<Integer>> sizes = flatten(array, values);
        if (sizes.isEmpty()) {
            return failed(place, "a list of initial values must contain numbers, or lists of equal length");
        }
        Shape actual = Shape.of(sizes.get().stream().mapToLong(s -> s).toArray());
        return actual.equals(shape)
                ? Optional.of(new Initializer.Values(values))
                : failed(place, "the parameter has shape " + shape + ", but its initial value has shape " + actual);
    }

    /** The sizes of a list of lists, if it is regular. */
    private static Optional<List<Integer>> flatten(Value value, List<Double> into) {
        if (value instanceof Value.Number number) {
            into.add(number.value());
            return Double.isFinite(number.value()) ? Optional.of(List.of()) : Optional.empty();
        }
        if (!(value instanceof Value.Array array) || array.elements().isEmpty()) {
            return Optional.empty();
        }
        var inner =
                array.elements().stream().map(e -> flatten(e, into)).distinct().toList();
        return inner.size() == 1
                ? inner.getFirst().map(sizes -> {
                    var all = new ArrayList<>(List.of(array.elements().size()));
                    all.addAll(sizes);
                    return all;
                })
                : Optional.empty();
    }

    private Optional<Double> finite(double value, Span place) {
        return Double.isFinite(value) ? Optional.of(value) : failed(place, "a parameter cannot start at " + value);
    }

    private <T> Optional<T> failed(Span place, String title) {
        elaboration.report(Problem.at(place, Code.INITIAL, title));
        return Optional.empty();
    }
}
