package org.descentlang.compiler.lower;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.Subscript;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.description.NumberText;

/** `p[0]`, `x[.., 0 .. 3]`: positions drop their axis, ranges keep it; negative ones count from the end. */
final class Indexing {
    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final TensorBuilder build;

    Indexing(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.build = new TensorBuilder(elaboration.builder());
    }

    Value index(Expression.Index index, Scope scope) {
        Value target = lowering.evaluate(index.target(), scope);
        return switch (target) {
            case Value.Tuple tuple -> element(tuple.elements(), index, scope);
            case Value.Array array -> element(array.elements(), index, scope);
            case Value.Tensor _,
                    Value.Failure _,
                    Value.Tensors _,
                    Value.Number _,
                    Value.Size _,
                    Value.Truth _,
                    Value.Text _,
                    Value.Length _,
                    Value.Symbol _,
                    Value.Instance _,
                    Value.WaitingInitializer _,
                    Value.Start _ ->
                lowering.tensor(target, index.target())
                        .map(t -> tensor(t, index, scope))
                        .orElse(Value.FAILURE);
        };
    }

    private Value element(List<Value> elements, Expression.Index index, Scope scope) {
        if (index.subscripts().size() == 1 && index.subscripts().getFirst() instanceof Subscript.At(var position)) {
            return position(position, Dim.of(elements.size()), scope)
                    .map(i -> elements.get(i.intValue()))
                    .orElse(Value.FAILURE);
        }
        return elaboration.fail(Problem.at(index.span(), Code.WRONG_VALUE, "a tuple cannot be indexed"));
    }

    private Value tensor(Value.Tensor target, Expression.Index index, Scope scope) {
        List<Subscript> subscripts = index.subscripts();
        int rank = target.axes().size();
        int rests = (int)
                subscripts.stream().filter(s -> s instanceof Subscript.Rest).count();
        int left = rank - (subscripts.size() - rests);
        if (left < 0 || rests > 1 && left != rests) {
            String why = left < 0
                    ? ", which has too few axes for this index"
                    : "; with several `..`, each is one axis, and that makes " + subscripts.size();
            return elaboration.fail(Problem.at(index.span(), Code.OUT_OF_RANGE, "this is " + target.type() + why));
        }
        int skipped = rests > 1 ? 1 : left;
        Value.Tensor result = target;
        int axis = 0;
        for (Subscript subscript : subscripts) {
            Optional<Value.Tensor> next = apply(subscript, result, axis, scope);
            if (next.isEmpty()) {
                return Value.FAILURE;
            }
            axis += subscript instanceof Subscript.Rest
                    ? skipped
                    : 1 - (result.axes().size() - next.get().axes().size());
            result = next.get();
        }
        return result;
    }

    private Optional<Value.Tensor> apply(Subscript subscript, Value.Tensor x, int axis, Scope scope) {
        return switch (subscript) {
            case Subscript.Rest _ -> Optional.of(x);
            case Subscript.At(var position) ->
                position(position, x.type().shape().dim(axis), scope).map(i -> build.select(x, axis, i));
            case Subscript.Between between -> between(between, x, axis, scope);
        };
    }

    private Optional<Value.Tensor> between(Subscript.Between between, Value.Tensor x, int axis, Scope scope) {
        Dim size = x.type().shape().dim(axis);
        if (between.low().isEmpty() && between.high().isEmpty()) {
            return Optional.of(x);
        }
        Optional<Long> low = between.low().map(e -> position(e, size, scope)).orElse(Optional.of(0L));
        if (low.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> high =
                between.high().map(e -> position(e, size, scope)).orElseGet(() -> last(size, between.span()));
        if (high.isEmpty()) {
            return Optional.empty();
        }
        if (high.get() < low.get()) {
            elaboration.report(Problem.at(
                    between.span(), Code.OUT_OF_RANGE, "the range " + low.get() + " .. " + high.get() + " is empty"));
            return Optional.empty();
        }
        return Optional.of(build.slice(x, axis, low.get(), high.get() - low.get() + 1));
    }

    private Optional<Long> last(Dim size, Span place) {
        return isKnown(size, place) ? Optional.of(size.fixed() - 1) : Optional.empty();
    }

    private Optional<Long> position(Expression expression, Dim size, Scope scope) {
        OptionalDouble number = lowering.number(expression, scope, "a position");
        if (number.isEmpty() || !isKnown(size, expression.span())) {
            return Optional.empty();
        }
        double position = number.getAsDouble();
        long count = size.fixed();
        if (position == Math.rint(position) && position >= -count && position < count) {
            return Optional.of((long) (position < 0 ? position + count : position));
        }
        String positions =
                count == 0 ? "" : ": positions are 0 to " + (count - 1) + ", or -" + count + " to -1 from the end";
        elaboration.report(Problem.at(
                expression.span(),
                Code.OUT_OF_RANGE,
                "there is no position " + NumberText.of(position) + " on an axis of size " + size + positions));
        return Optional.empty();
    }

    private boolean isKnown(Dim size, Span place) {
        if (!size.isFixed()) {
            elaboration.report(Problem.at(
                    place,
                    Code.NOT_CONSTANT,
                    "the size of this axis is " + size + ", so positions in it are not known at compile time"));
        }
        return size.isFixed();
    }
}
