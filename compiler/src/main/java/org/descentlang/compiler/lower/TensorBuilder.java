package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** Appends operations on tensors that are known to fit, and keeps track of their axes. */
final class TensorBuilder {
    private final ProgramBuilder builder;

    TensorBuilder(ProgramBuilder builder) {
        this.builder = builder;
    }

    Value.Tensor constant(double value, ElementType element) {
        return Value.Tensor.of(builder.add(new Op.Constant(value, element)), new TensorType(element, Shape.SCALAR));
    }

    /** The number of elements as a scalar of the program. */
    Value.Tensor extent(Dim dim) {
        return dim.isFixed()
                ? constant((double) dim.fixed(), ElementType.F32)
                : Value.Tensor.of(builder.add(new Op.Extent(dim)), TensorType.SCALAR);
    }

    Value.Tensor unary(UnaryKind kind, Value.Tensor x) {
        return new Value.Tensor(builder.add(new Op.Unary(kind), x.id()), x.type(), x.axes());
    }

    /** Of two tensors that combine. */
    Value.Tensor binary(BinaryKind kind, Value.Tensor a, Value.Tensor b) {
        Shape shape = Broadcasting.combine(a.type().shape(), b.type().shape()).orElseThrow();
        Value.Tensor left = Broadcasting.stretch(builder, a, shape);
        Value.Tensor right = Broadcasting.stretch(builder, b, shape);
        int id = builder.add(new Op.Binary(kind), left.id(), right.id());
        return new Value.Tensor(id, left.type(), Elementwise.merge(left.axes(), right.axes()));
    }

    Value.Tensor cast(ElementType to, Value.Tensor x) {
        return x.type().element() == to
                ? x
                : new Value.Tensor(
                        builder.add(new Op.Cast(to), x.id()), x.type().as(to), x.axes());
    }

    Value.Tensor reduce(Reduction reduction, List<Integer> over, Value.Tensor x) {
        if (over.isEmpty()) {
            return x;
        }
        int id = builder.add(new Op.Reduce(reduction, over), x.id());
        return new Value.Tensor(id, builder.type(id), without(x.axes(), over));
    }

    /** A reduced tensor with its lost axes back as ones. */
    Value.Tensor keep(Value.Tensor reduced, List<Integer> over, Value.Tensor original) {
        var dims = new ArrayList<>(original.type().shape().dims());
        var axes = new ArrayList<>(original.axes());
        for (int axis : over) {
            dims.set(axis, Dim.ONE);
            axes.set(axis, Axis.PLAIN);
        }
        return reshape(reduced, new Shape(dims), axes);
    }

    Value.Tensor reshape(Value.Tensor x, Shape shape, List<Axis> axes) {
        int id = x.type().shape().equals(shape) ? x.id() : builder.add(new Op.Reshape(shape), x.id());
        return new Value.Tensor(id, x.type().as(shape), axes, x.bound());
    }

    Value.Tensor transpose(Value.Tensor x, List<Integer> permutation) {
        boolean moves = IntStream.range(0, permutation.size()).anyMatch(axis -> permutation.get(axis) != axis);
        int id = moves ? builder.add(new Op.Transpose(permutation), x.id()) : x.id();
        return new Value.Tensor(
                id, builder.type(id), permutation.stream().map(x.axes()::get).toList(), x.bound());
    }

    /** Elements along one axis, which keeps its name only if it keeps its size. */
    Value.Tensor slice(Value.Tensor x, int axis, long start, long length) {
        if (x.type().shape().dim(axis).equals(Dim.of(length))) {
            return x;
        }
        int id = builder.add(new Op.Slice(axis, start, length), x.id());
        var axes = new ArrayList<>(x.axes());
        axes.set(axis, Axis.PLAIN);
        return new Value.Tensor(id, builder.type(id), axes, x.bound());
    }

    /** One position of an axis, which disappears. */
    Value.Tensor select(Value.Tensor x, int axis, long position) {
        Value.Tensor slice = slice(x, axis, position, 1);
        return reshape(slice, slice.type().shape().without(axis), without(x.axes(), List.of(axis)));
    }

    Value.Tensor filled(Value.Tensor scalar, Shape shape, List<Axis> axes) {
        Value.Tensor stretched = Broadcasting.stretch(builder, scalar, shape);
        return new Value.Tensor(stretched.id(), stretched.type(), axes);
    }

    Value.Tensor of(Op op, List<Axis> axes, Value.Tensor... operands) {
        int id = builder.add(
                op, java.util.Arrays.stream(operands).map(Value.Tensor::id).toList());
        return new Value.Tensor(id, builder.type(id), axes);
    }

    private static List<Axis> without(List<Axis> axes, List<Integer> gone) {
        return IntStream.range(0, axes.size())
                .filter(i -> !gone.contains(i))
                .mapToObj(axes::get)
                .toList();
    }
}
