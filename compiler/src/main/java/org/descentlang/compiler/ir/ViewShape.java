package org.descentlang.compiler.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** The same elements under another shape. */
final class ViewShape {
    private ViewShape() {}

    static TensorType of(Op.View op, OperandTypes operands) {
        operands.requireCount(1);
        return switch (op) {
            case Op.Broadcast broadcast -> broadcast(broadcast, operands);
            case Op.Reshape reshape -> reshape(reshape.shape(), operands);
            case Op.Transpose transpose -> transpose(transpose.permutation(), operands);
            case Op.Slice slice -> slice(slice, operands);
        };
    }

    private static TensorType broadcast(Op.Broadcast broadcast, OperandTypes operands) {
        Shape source = operands.first().shape();
        Shape target = broadcast.shape();
        List<Integer> axes = broadcast.axes();
        operands.require(axes.size() == source.rank(), "needs one axis for each of the operand's");
        operands.requireAscendingAxes(axes, target);
        for (int i = 0; i < axes.size(); i++) {
            Dim found = source.dim(i);
            Dim expected = target.dim(axes.get(i));
            operands.require(found.equals(expected), "operand's axis " + i + " must have size " + expected);
        }
        return operands.first().as(target);
    }

    private static TensorType reshape(Shape shape, OperandTypes operands) {
        operands.require(operands.first().shape().count().equals(shape.count()), "the number of elements differs");
        return operands.first().as(shape);
    }

    private static TensorType transpose(List<Integer> permutation, OperandTypes operands) {
        Shape source = operands.first().shape();
        operands.require(permutation.size() == source.rank(), "needs one axis for each of the operand's");
        operands.require(new HashSet<>(permutation).size() == permutation.size(), "an axis is named twice");
        var dims = new ArrayList<Dim>();
        for (int axis : permutation) {
            operands.requireAxis(axis, source);
            dims.add(source.dim(axis));
        }
        return operands.first().as(new Shape(dims));
    }

    private static TensorType slice(Op.Slice slice, OperandTypes operands) {
        long size = operands.fixedSize(operands.first(), slice.axis());
        boolean inside = slice.start() >= 0 && slice.length() >= 0 && slice.start() <= size - slice.length();
        operands.require(inside, "the range leaves the axis of size " + size);
        return operands.resized(slice.axis(), slice.length());
    }
}
