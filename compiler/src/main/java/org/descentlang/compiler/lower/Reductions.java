package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;

/** `sum`, `mean`, `max`, … over all of a tensor, over named axes, or over several tensors together. */
final class Reductions {
    /** What reduces a tensor to a number, an axis or a set of tensors to one. */
    enum Kind {
        SUM,
        MEAN,
        MAX,
        MIN,
        PRODUCT,
        VARIANCE,
        NORM
    }

    private static final String OVER = "`over`";

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final TensorBuilder build;

    Reductions(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.build = new TensorBuilder(elaboration.builder());
    }

    /** The number of elements that `..` covers. */
    Value count(Expression.Leading leading, Scope scope) {
        Optional<List<Dimension>> dims = lowering.calls().inlining().types().leading(leading, scope);
        if (dims.isEmpty()) {
            return Value.FAILURE;
        }
        Dim count = dims.get().stream().map(Dimension::dim).reduce(Dim.ONE, Dim::times);
        return Sizes.value(count);
    }

    Value reduce(Kind kind, Expression of, Optional<Expression> over, Optional<Expression> keep, Scope scope) {
        Value value = lowering.evaluate(of, scope);
        if (value instanceof Value.Tensors tensors && over.isEmpty()) {
            int first = elaboration.builder().size();
            Value together = together(kind, tensors, of);
            elaboration.reducedTogether(first);
            return together;
        }
        Optional<Value.Tensor> tensor = lowering.tensor(value, of).map(Reductions.this::countable);
        boolean kept = keep.flatMap(k -> lowering.decide(k, scope)).orElse(false);
        Optional<List<Integer>> axes =
                tensor.flatMap(t -> over.map(o -> axes(o, OVER, t, scope)).orElseGet(() -> Optional.of(all(t))));
        return axes.<Value>map(a -> reduce(kind, tensor.orElseThrow(), a, kept)).orElse(Value.FAILURE);
    }

    /** `argmax(x, over = k)`: i32. */
    Value argmax(Expression of, Optional<Expression> over, Scope scope) {
        Optional<Value.Tensor> tensor = lowering.tensor(of, scope).map(this::countable);
        Optional<List<Integer>> axes =
                tensor.flatMap(t -> over.map(o -> axes(o, OVER, t, scope)).orElseGet(() -> Optional.of(all(t))));
        if (axes.isEmpty()) {
            return Value.FAILURE;
        }
        if (axes.get().size() != 1) {
            return elaboration.fail(Problem.at(
                    of.span(),
                    Code.AXIS,
                    "`argmax` works along one axis, but this is "
                            + tensor.orElseThrow().type() + "; name the axis with `over`"));
        }
        Value.Tensor x = tensor.orElseThrow();
        int axis = axes.get().getFirst();
        var rest = new ArrayList<>(x.axes());
        rest.remove(axis);
        Value.Tensor position = build.of(new Op.ArgMax(axis), rest, x);
        Dim size = x.type().shape().dim(axis);
        return size.isFixed() ? position.within(Bound.below(size.fixed())) : position;
    }

    private Value.Tensor countable(Value.Tensor tensor) {
        return tensor.type().element() == ElementType.BOOL ? build.cast(ElementType.F32, tensor) : tensor;
    }

    private static List<Integer> all(Value.Tensor tensor) {
        return IntStream.range(0, tensor.axes().size()).boxed().toList();
    }

    private Value.Tensor reduce(Kind kind, Value.Tensor x, List<Integer> over, boolean keep) {
        Value.Tensor result = switch (kind) {
            case SUM -> build.reduce(Reduction.SUM, over, x);
            case MAX -> build.reduce(Reduction.MAXIMUM, over, x);
            case MIN -> build.reduce(Reduction.MINIMUM, over, x);
            case PRODUCT -> build.reduce(Reduction.PRODUCT, over, x);
            case MEAN -> mean(build.cast(ElementType.F32, x), over);
            case VARIANCE -> variance(build.cast(ElementType.F32, x), over);
            case NORM -> build.unary(UnaryKind.SQRT, sumOfSquares(build.cast(ElementType.F32, x), over));
        };
        return keep ? build.keep(result, over, x) : result;
    }

    private Value.Tensor mean(Value.Tensor x, List<Integer> over) {
        return build.binary(BinaryKind.DIVIDE, build.reduce(Reduction.SUM, over, x), build.extent(size(x, over)));
    }

    /** The mean square distance from the mean; divided by n, not n - 1. */
    private Value.Tensor variance(Value.Tensor x, List<Integer> over) {
        Value.Tensor centre = build.keep(mean(x, over), over, x);
        Value.Tensor distance = build.binary(BinaryKind.SUBTRACT, x, centre);
        return mean(build.binary(BinaryKind.MULTIPLY, distance, distance), over);
    }

    Value.Tensor sumOfSquares(Value.Tensor x, List<Integer> over) {
        return build.reduce(Reduction.SUM, over, build.binary(BinaryKind.MULTIPLY, x, x));
    }

    private static Dim size(Value.Tensor x, List<Integer> over) {
        return over.stream().map(x.type().shape()::dim).reduce(Dim.ONE, Dim::times);
    }

    /** Over several tensors as if they were one. */
    private Value together(Kind kind, Value.Tensors tensors, Expression of) {
        return switch (kind) {
            case SUM -> fold(tensors, BinaryKind.ADD, t -> reduce(Kind.SUM, t, all(t), false));
            case MAX -> fold(tensors, BinaryKind.MAXIMUM, t -> reduce(Kind.MAX, t, all(t), false));
            case MIN -> fold(tensors, BinaryKind.MINIMUM, t -> reduce(Kind.MIN, t, all(t), false));
            case PRODUCT -> fold(tensors, BinaryKind.MULTIPLY, t -> reduce(Kind.PRODUCT, t, all(t), false));
            case NORM -> build.unary(UnaryKind.SQRT, fold(tensors, BinaryKind.ADD, t -> sumOfSquares(t, all(t))));
            case MEAN ->
                build.binary(
                        BinaryKind.DIVIDE,
                        fold(tensors, BinaryKind.ADD, t -> reduce(Kind.SUM, t, all(t), false)),
                        fold(tensors, BinaryKind.ADD, t -> build.extent(size(t, all(t)))));
            case VARIANCE ->
                elaboration.fail(Problem.at(
                        of.span(), Code.NOT_SUPPORTED, "`variance` of several tensors together is not supported yet"));
        };
    }

    Value.Tensor fold(Value.Tensors tensors, BinaryKind kind, java.util.function.UnaryOperator<Value.Tensor> each) {
        BinaryOperator<Value.Tensor> combine = (a, b) -> build.binary(kind, a, b);
        return tensors.members().stream().map(each).reduce(combine).orElseThrow();
    }

    /**
     * The axes that are meant: `n`, `..`, `1`, `(h, w)`.
     *
     * @param what the argument: "`over`"
     */
    private Optional<List<Integer>> axes(Expression written, String what, Value.Tensor tensor, Scope scope) {
        return switch (written) {
            case Expression.Leading leading -> leading(leading, tensor, scope);
            case Expression.Reference reference ->
                named(reference, tensor, scope).map(List::of);
            case Expression.Number number ->
                position(number.value(), number.span(), tensor).map(List::of);
            case Expression.Unary(var operator, Expression.Number number, Span place)
            when operator == Expression.UnaryOperator.NEGATE ->
                position(-number.value(), place, tensor).map(List::of);
            case Expression.Tuple tuple -> several(tuple, what, tensor, scope);
            default -> {
                elaboration.report(Problem.at(
                        written.span(),
                        Code.AXIS,
                        what + " takes the name of a dimension, its position (from 0, or backwards from -1) or `..`"));
                yield Optional.empty();
            }
        };
    }

    private Optional<Integer> position(double position, Span place, Value.Tensor tensor) {
        int rank = tensor.axes().size();
        if (position == Math.rint(position) && position >= -rank && position < rank) {
            return Optional.of((int) (position < 0 ? position + rank : position));
        }
        String axes = rank == 0 ? "has no axes" : rank == 1 ? "has only axis 0" : "has only axes 0 to " + (rank - 1);
        elaboration.report(Problem.at(place, Code.AXIS, "this is " + tensor.type() + ", which " + axes));
        return Optional.empty();
    }

    private Optional<List<Integer>> several(Expression.Tuple tuple, String what, Value.Tensor tensor, Scope scope) {
        var axes = new ArrayList<Integer>();
        for (Expression element : tuple.elements()) {
            Optional<List<Integer>> some = axes(element, what, tensor, scope);
            if (some.isEmpty()) {
                return some;
            }
            axes.addAll(some.get());
        }
        return Optional.of(axes.stream().distinct().sorted().toList());
    }

    private Optional<List<Integer>> leading(Expression.Leading leading, Value.Tensor tensor, Scope scope) {
        Optional<List<Dimension>> dims = lowering.calls().inlining().types().leading(leading, scope);
        if (dims.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> tagged = tagged(tensor, scope.tag(".."));
        if (tagged.size() == dims.get().size()) {
            return Optional.of(tagged);
        }
        elaboration.report(
                Problem.at(leading.span(), Code.AXIS, "this " + tensor.type() + " no longer has the dimensions `..`"));
        return Optional.empty();
    }

    /** One axis by its name or position: `along = n`. */
    Optional<Integer> axis(Expression written, Value.Tensor tensor, Scope scope) {
        return axis(written, "`along`", tensor, scope);
    }

    /**
     * One axis by its name or position.
     *
     * @param what takes it: "`permute`"
     */
    Optional<Integer> axis(Expression written, String what, Value.Tensor tensor, Scope scope) {
        return axes(written, what, tensor, scope).flatMap(axes -> {
            if (axes.size() != 1) {
                elaboration.report(
                        Problem.at(written.span(), Code.AXIS, what + " takes one axis, but this names " + axes.size()));
            }
            return axes.size() == 1 ? Optional.of(axes.getFirst()) : Optional.empty();
        });
    }

    private Optional<Integer> named(Expression.Reference reference, Value.Tensor tensor, Scope scope) {
        String name = reference.name().text();
        Optional<Dim> size = scope.dimension(name)
                .map(Dimension::dim)
                .or(() -> scope.value(name).flatMap(Sizes::dim));
        if (size.isEmpty()) {
            elaboration.report(Problem.at(
                    reference.span(),
                    Code.UNKNOWN_NAME,
                    "`" + name + "` is not a dimension here" + Suggestion.didYouMean(name, scope.names())));
            return Optional.empty();
        }
        List<Integer> found = tagged(tensor, scope.tag(name));
        if (found.isEmpty()) {
            Shape shape = tensor.type().shape();
            found = IntStream.range(0, shape.rank())
                    .filter(i -> shape.dim(i).equals(size.get()))
                    .boxed()
                    .toList();
        }
        if (found.size() == 1) {
            return Optional.of(found.getFirst());
        }
        String count = found.isEmpty() ? "no axis" : "axes " + positions(found);
        elaboration.report(Problem.at(
                reference.span(),
                Code.AXIS,
                "`" + name + "` must name one axis, but in " + tensor.type() + " it names " + count
                        + (found.isEmpty() ? "" : "; give the position instead")));
        return Optional.empty();
    }

    private static String positions(List<Integer> axes) {
        return axes.stream().map(a -> Integer.toString(a)).collect(Collectors.joining(" and "));
    }

    private static List<Integer> tagged(Value.Tensor tensor, Tag tag) {
        return IntStream.range(0, tensor.axes().size())
                .filter(i -> tensor.axes().get(i).tags().contains(tag))
                .boxed()
                .toList();
    }
}
