package org.descentlang.compiler.ir;

import java.util.List;
import java.util.stream.Collectors;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** An operation's operands, and what it asks of them. */
record OperandTypes(Op op, List<TensorType> types) {
    /** The only one. */
    TensorType only() {
        requireCount(1);
        return first();
    }

    TensorType first() {
        return types.getFirst();
    }

    TensorType second() {
        return types.get(1);
    }

    void requireCount(int count) {
        require(types.size() == count, "wrong number of operands");
    }

    void requireElement(TensorType type, Domain domain) {
        require(domain.has(type.element()), "wrong element type");
    }

    void requireIndex(TensorType type) {
        require(type.element() == ElementType.I32, "the index must be i32");
    }

    void requireAscendingAxes(List<Integer> axes, Shape shape) {
        for (int i = 0; i < axes.size(); i++) {
            requireAxis(axes.get(i), shape);
            require(i == 0 || axes.get(i - 1) < axes.get(i), "axes must ascend");
        }
    }

    void requireAxis(int axis, Shape shape) {
        require(axis >= 0 && axis < shape.rank(), "no axis " + axis + " in " + shape);
    }

    long fixedSize(TensorType type, int axis) {
        requireAxis(axis, type.shape());
        require(type.shape().dim(axis).isFixed(), "axis " + axis + " must have a size known when compiling");
        return type.shape().dim(axis).fixed();
    }

    /** The first with another size along an axis. */
    TensorType resized(int axis, long size) {
        return first().as(first().shape().with(axis, Dim.of(size)));
    }

    /** @throws IllegalArgumentException unless the condition holds */
    void require(boolean condition, String problem) {
        if (!condition) {
            String text = types.stream().map(TensorType::toString).collect(Collectors.joining(", ", "(", ")"));
            throw new IllegalArgumentException(op + " of " + text + ": " + problem);
        }
    }
}
