package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.NumberText;

/** Primitive functions that make, join and reshape tensors, or look things up in them. */
final class Shaping {
    private static final int MOST_PARTS = 1000;

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final Reductions reductions;
    private final TensorBuilder build;
    private final Indices indices;

    Shaping(ExpressionLowering lowering, Reductions reductions) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.reductions = reductions;
        this.build = new TensorBuilder(elaboration.builder());
        this.indices = new Indices(elaboration, build);
    }

    private Optional<Value.Tensor> tensor(Primitives.Use use, String parameter) {
        return lowering.tensor(use.get(parameter), use.scope());
    }

    Value sumOfMagnitudes(Primitives.Use use) {
        return tensors(use)
                .<Value>map(t -> reductions.fold(
                        t, BinaryKind.ADD, x -> build.reduce(Reduction.SUM, all(x), build.unary(UnaryKind.ABS, x))))
                .orElse(Value.FAILURE);
    }

    Value halfSumOfSquares(Primitives.Use use) {
        return tensors(use)
                .<Value>map(t -> build.binary(
                        BinaryKind.MULTIPLY,
                        build.constant(0.5, ElementType.F32),
                        reductions.fold(t, BinaryKind.ADD, x -> reductions.sumOfSquares(x, all(x)))))
                .orElse(Value.FAILURE);
    }

    private Optional<Value.Tensors> tensors(Primitives.Use use) {
        Value value = lowering.evaluate(use.get("x"), use.scope());
        Optional<Value.Tensors> tensors = value instanceof Value.Tensors several
                ? Optional.of(several)
                : lowering.tensor(value, use.get("x")).map(t -> new Value.Tensors(List.of(t)));
        return tensors.filter(t -> isFloat(t.members().getFirst(), use, "x"));
    }

    private static List<Integer> all(Value.Tensor tensor) {
        return IntStream.range(0, tensor.axes().size()).boxed().toList();
    }

    /** `count(..)`, `count(n)` are sizes; of a tensor, the number of its elements. */
    Value count(Primitives.Use use) {
        Value value = lowering.evaluate(use.get("x"), use.scope());
        return switch (value) {
            case Value.Tensor tensor -> Sizes.value(tensor.type().shape().count());
            case Value.Array array -> Value.Number.of(array.elements().size());
            default -> Sizes.dim(value).map(Sizes::value).orElseGet(() -> countless(value, use));
        };
    }

    private Value countless(Value value, Primitives.Use use) {
        return value instanceof Value.Failure
                ? value
                : elaboration.fail(Problem.at(
                        use.get("x").span(),
                        Code.WRONG_VALUE,
                        "`count` takes `..`, a dimension, a list or a tensor, not " + Values.describe(value)));
    }

    Value oneHot(Primitives.Use use) {
        Optional<Value.Tensor> index = index(use);
        Optional<Dimension> classes = lowering.dimension(use.get("classes"), use.scope());
        if (index.isEmpty() || classes.isEmpty()) {
            return Value.FAILURE;
        }
        Shape shape = index.get().type().shape().append(classes.get().dim());
        if (!shape.last().isFixed() || !Sizes.isAddressable(shape)) {
            return tooLarge(use, shape);
        }
        long count = shape.last().fixed();
        if (!indices.fit(index.get(), count, "the classes are", use)) {
            return Value.FAILURE;
        }
        var axes = new ArrayList<>(index.get().axes());
        axes.add(axis(use.get("classes"), classes.get(), use.scope()));
        int last = shape.rank() - 1;
        Value.Tensor positions =
                new Value.Tensor(elaboration.builder().add(new Op.Iota(shape, last)), TensorType.i32(shape), axes);
        Value.Tensor repeated = repeated(index.get(), shape, axes);
        Value.Tensor equal = build.of(new Op.Compare(Comparison.EQUAL), axes, positions, repeated);
        Value.Tensor result = build.cast(ElementType.F32, equal);
        return Indices.areSure(index.get()) ? result : indices.marked(result, repeated, count);
    }

    /** Along a new last axis. */
    private Value.Tensor repeated(Value.Tensor x, Shape shape, List<Axis> axes) {
        var kept = IntStream.range(0, shape.rank() - 1).boxed().toList();
        int id = elaboration.builder().add(new Op.Broadcast(shape, kept), x.id());
        return new Value.Tensor(id, TensorType.i32(shape), axes);
    }

    /** A number that is written there is a whole one. */
    private Optional<Value.Tensor> index(Primitives.Use use) {
        Expression written = use.get("index");
        var operand = new Elementwise.Operand(lowering.evaluate(written, use.scope()), written);
        return lowering.elementwise().tensor(operand, ElementType.I32).filter(t -> isIndex(t, use));
    }

    private Axis axis(Expression written, Dimension dimension, Scope scope) {
        Axis axis = new Axis(java.util.Set.of(), dimension.written());
        return written instanceof Expression.Reference reference
                ? axis.tagged(scope.tag(reference.name().text()))
                : axis;
    }

    private boolean isIndex(Value.Tensor tensor, Primitives.Use use) {
        return is(ElementType.I32, tensor, use, "index");
    }

    private boolean isFloat(Value.Tensor tensor, Primitives.Use use, String parameter) {
        return is(ElementType.F32, tensor, use, parameter);
    }

    private boolean is(ElementType element, Value.Tensor tensor, Primitives.Use use, String parameter) {
        boolean fits = tensor.type().element() == element;
        if (!fits) {
            elaboration.report(Problem.at(
                    use.get(parameter).span(),
                    Code.ELEMENT_TYPE,
                    "`" + parameter + "` of `" + use.call().callee() + "` must be " + element + ", but this is "
                            + tensor.type()));
        }
        return fits;
    }

    Value gather(Primitives.Use use) {
        Optional<Value.Tensor> table = tensor(use, "table");
        Optional<Value.Tensor> index = index(use);
        if (table.isEmpty() || index.isEmpty()) {
            return Value.FAILURE;
        }
        if (table.get().type().isScalar()
                || !table.get().type().shape().dim(0).isFixed()
                || table.get().type().element() != ElementType.F32) {
            return elaboration.fail(Problem.at(
                    use.get("table").span(),
                    Code.ARGUMENT_SHAPE,
                    "`gather` takes rows of an f32 table of known length, but this is "
                            + table.get().type()));
        }
        long rows = table.get().type().shape().dim(0).fixed();
        if (!indices.fit(index.get(), rows, "the table has rows", use)) {
            return Value.FAILURE;
        }
        var axes = new ArrayList<>(index.get().axes());
        axes.addAll(table.get().axes().subList(1, table.get().axes().size()));
        return build.of(new Op.Gather(), axes, table.get(), index.get());
    }

    Value filled(double value, Primitives.Use use) {
        return sizes(use.all(), use)
                .<Value>map(typed -> build.filled(
                        build.constant(value, ElementType.F32), typed.type().shape(), typed.axes()))
                .orElse(Value.FAILURE);
    }

    /** 0, 1, … as i32. */
    Value positions(Primitives.Use use) {
        return sizes(List.of(use.get("n")), use)
                .<Value>map(typed -> build.of(new Op.Iota(typed.type().shape(), 0), typed.axes()))
                .orElse(Value.FAILURE);
    }

    Value random(Op.Distribution distribution, Primitives.Use use) {
        return sizes(use.all(), use)
                .<Value>map(typed -> build.of(
                        new Op.Random(
                                distribution,
                                elaboration.nextRandom(),
                                typed.type().shape()),
                        typed.axes()))
                .orElse(Value.FAILURE);
    }

    private Optional<Types.Typed> sizes(List<Expression> written, Primitives.Use use) {
        var dims = new ArrayList<Dim>();
        var axes = new ArrayList<Axis>();
        for (Expression size : written) {
            if (!lowering.calls().inlining().types().append(size, use.scope(), dims, axes)) {
                return Optional.empty();
            }
        }
        var shape = new Shape(dims);
        if (!Sizes.isAddressable(shape)) {
            tooLarge(use, shape);
            return Optional.empty();
        }
        return Optional.of(new Types.Typed(TensorType.f32(shape), axes));
    }

    private Value tooLarge(Primitives.Use use, Shape shape) {
        return elaboration.fail(
                Problem.at(use.call().span(), Code.TOO_LARGE, "a tensor of shape " + shape + " is too large"));
    }

    /** `concat(a, b, along = n)`. */
    Value concat(Primitives.Use use) {
        var parts = new ArrayList<Value.Tensor>();
        for (Expression part : use.all()) {
            Optional<Value.Tensor> tensor = lowering.tensor(part, use.scope());
            if (tensor.isEmpty()) {
                return Value.FAILURE;
            }
            parts.add(tensor.get());
        }
        if (parts.isEmpty()) {
            return elaboration.fail(
                    Problem.at(use.call().callee().span(), Code.MISSING_ARGUMENT, "`concat` needs tensors to join"));
        }
        return reductions
                .axis(use.get("along"), parts.getFirst(), use.scope())
                .map(axis -> concat(parts, axis, use))
                .orElse(Value.FAILURE);
    }

    private Value concat(List<Value.Tensor> parts, int axis, Primitives.Use use) {
        Value.Tensor first = parts.getFirst();
        for (int i = 1; i < parts.size(); i++) {
            TensorType type = parts.get(i).type();
            boolean fits = type.element() == first.type().element()
                    && type.shape().rank() == first.type().shape().rank()
                    && type.shape().dim(axis).isFixed()
                    && type.shape().without(axis).equals(first.type().shape().without(axis));
            if (!fits) {
                return elaboration.fail(Problem.at(
                        use.all().get(i).span(),
                        Code.ARGUMENT_SHAPE,
                        "tensors joined by `concat` may differ only along that axis, but the first is " + first.type()
                                + " and this is " + type));
            }
        }
        if (!first.type().shape().dim(axis).isFixed()) {
            return elaboration.fail(
                    Problem.at(use.get("along").span(), Code.NOT_CONSTANT, "`concat` cannot join along the batch"));
        }
        var axes = new ArrayList<>(first.axes());
        axes.set(axis, Axis.PLAIN);
        return build.of(new Op.Concat(axis), axes, parts.toArray(Value.Tensor[]::new));
    }

    /** `reverse(x, along = time)`: the last element first. */
    Value reverse(Primitives.Use use) {
        Optional<Value.Tensor> x = tensor(use, "x").filter(t -> isFloat(t, use, "x"));
        Optional<Integer> along = x.flatMap(t -> reductions.axis(use.get("along"), t, use.scope()));
        if (along.isEmpty()) {
            return Value.FAILURE;
        }
        int axis = along.get();
        Dim length = x.orElseThrow().type().shape().dim(axis);
        if (!length.isFixed()) {
            return elaboration.fail(
                    Problem.at(use.get("along").span(), Code.NOT_CONSTANT, "`reverse` cannot turn the batch around"));
        }
        List<Integer> first = moved(axis, 0, x.get().axes().size());
        Value.Tensor rows = build.transpose(x.get(), first);
        Value.Tensor reversed = build.of(new Op.Gather(), rows.axes(), rows, downwards(length));
        return build.transpose(reversed, moved(0, axis, first.size()));
    }

    /** n - 1, n - 2, … 0. */
    private Value.Tensor downwards(Dim length) {
        Value.Tensor upwards = build.of(new Op.Iota(Shape.of(length), 0), List.of(Axis.PLAIN));
        return build.binary(BinaryKind.SUBTRACT, build.constant((double) length.fixed() - 1, ElementType.I32), upwards);
    }

    /** The permutation that takes the axis {@code from} to the place {@code to} and leaves the others in order. */
    static List<Integer> moved(int from, int to, int rank) {
        var axes = IntStream.range(0, rank)
                .filter(axis -> axis != from)
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        axes.add(to, from);
        return axes;
    }

    Value reshape(Primitives.Use use) {
        Optional<Value.Tensor> x = tensor(use, "x");
        Optional<Types.Typed> to = sizes(use.rest(), use);
        if (x.isEmpty() || to.isEmpty()) {
            return Value.FAILURE;
        }
        Shape shape = to.get().type().shape();
        if (!shape.count().equals(x.get().type().shape().count())) {
            return elaboration.fail(Problem.at(
                    use.call().span(),
                    Code.ARGUMENT_SHAPE,
                    "`reshape` keeps the number of elements, but "
                            + x.get().type().shape() + " has "
                            + x.get().type().shape().count() + " and " + shape + " has " + shape.count()));
        }
        return build.reshape(x.get(), shape, to.get().axes());
    }

    /** All axes but the first become one. */
    Value flatten(Primitives.Use use) {
        return tensor(use, "x")
                .<Value>map(x -> {
                    Shape shape = x.type().shape();
                    if (shape.rank() < 2) {
                        return x;
                    }
                    Dim rest = new Shape(shape.dims().subList(1, shape.rank())).count();
                    return build.reshape(
                            x, Shape.of(shape.dim(0), rest), List.of(x.axes().getFirst(), Axis.PLAIN));
                })
                .orElse(Value.FAILURE);
    }

    /** The last two axes change places. */
    Value transpose(Primitives.Use use) {
        Optional<Value.Tensor> x = tensor(use, "x");
        if (x.isEmpty()) {
            return Value.FAILURE;
        }
        int rank = x.get().axes().size();
        if (rank < 2) {
            return elaboration.fail(Problem.at(
                    use.get("x").span(),
                    Code.ARGUMENT_SHAPE,
                    "`transpose` needs at least two axes, but this is "
                            + x.get().type()));
        }
        var permutation = new ArrayList<>(all(x.get()));
        permutation.set(rank - 2, rank - 1);
        permutation.set(rank - 1, rank - 2);
        return build.transpose(x.get(), permutation);
    }

    /** `permute(x, 0, 2, 1, 3)`: axes by position or name, in their new order. */
    Value permute(Primitives.Use use) {
        Optional<Value.Tensor> x = tensor(use, "x");
        if (x.isEmpty()) {
            return Value.FAILURE;
        }
        var permutation = new ArrayList<Integer>();
        for (Expression axis : use.rest()) {
            Optional<Integer> position = reductions.axis(axis, "`permute`", x.get(), use.scope());
            if (position.isEmpty()) {
                return Value.FAILURE;
            }
            permutation.add(position.get());
        }
        return permutation.stream().sorted().toList().equals(all(x.get()))
                ? build.transpose(x.get(), permutation)
                : elaboration.fail(Problem.at(
                        use.call().span(),
                        Code.AXIS,
                        "`permute` needs each axis of " + x.get().type() + " once, but these are the axes "
                                + permutation.stream().map(Object::toString).collect(Collectors.joining(", "))));
    }

    /** Equal parts of the last axis. */
    Value split(Primitives.Use use) {
        Optional<Value.Tensor> x = tensor(use, "x");
        OptionalDouble parts = lowering.number(use.get("parts"), use.scope(), "the number of parts");
        if (x.isEmpty() || parts.isEmpty()) {
            return Value.FAILURE;
        }
        Shape shape = x.get().type().shape();
        double count = parts.getAsDouble();
        boolean fits = !shape.isScalar()
                && shape.last().isFixed()
                && count == Math.rint(count)
                && count >= 1
                && count <= MOST_PARTS
                && shape.last().fixed() % (long) count == 0;
        if (!fits) {
            return elaboration.fail(Problem.at(
                    use.call().span(),
                    Code.SIZE,
                    "the last axis of " + x.get().type() + " cannot be split into " + NumberText.of(count)
                            + " equal parts"));
        }
        long length = shape.last().fixed() / (long) count;
        return new Value.Tuple(IntStream.range(0, (int) count)
                .<Value>mapToObj(i -> build.slice(x.get(), shape.rank() - 1, i * length, length))
                .toList());
    }

    Value cast(ElementType to, Primitives.Use use) {
        return tensor(use, "x").<Value>map(x -> build.cast(to, x)).orElse(Value.FAILURE);
    }
}
