package org.descentlang.compiler.ir;

import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** Each call has a rule of its own. */
final class CallShape {
    private CallShape() {}

    static TensorType of(Op.Call op, OperandTypes operands) {
        return switch (op) {
            case Op.Random random -> random(random, operands);
            case Op.MatMul matMul -> matMul(matMul, operands);
            case Op.Gather _ -> gather(operands);
            case Op.ScatterAdd scatter -> scatterAdd(scatter.rows(), operands);
            case Op.Convolve convolve -> ConvolutionShape.of(convolve, operands);
            case Op.WindowArgMax largest -> ConvolutionShape.largest(largest.windows(), operands);
            case Op.Pick _ -> pick(operands);
            case Op.PutBack back -> putBack(back.length(), operands);
        };
    }

    private static TensorType matMul(Op.MatMul matMul, OperandTypes operands) {
        operands.requireCount(2);
        operands.requireElement(operands.first(), Domain.REALS);
        operands.requireElement(operands.second(), Domain.REALS);
        Shape left = operands.first().shape();
        Shape right = operands.second().shape();
        operands.require(left.rank() >= 2 && right.rank() >= 2, "needs matrices");
        int row = left.rank() - 2;
        boolean shared = right.rank() == 2;
        operands.require(shared || leading(left, row).equals(leading(right, right.rank() - 2)), "leading axes differ");
        Dim rows = left.dim(matMul.transposeLeft() ? row + 1 : row);
        Dim inner = left.dim(matMul.transposeLeft() ? row : row + 1);
        Dim innerRight = right.dim(right.rank() - (matMul.transposeRight() ? 1 : 2));
        Dim columns = right.dim(right.rank() - (matMul.transposeRight() ? 2 : 1));
        operands.require(
                inner.equals(innerRight), inner + " columns on the left are not " + innerRight + " rows on the right");
        return operands.first().as(leading(left, row).append(rows).append(columns));
    }

    private static TensorType gather(OperandTypes operands) {
        operands.requireCount(2);
        operands.requireElement(operands.first(), Domain.REALS);
        operands.requireIndex(operands.second());
        Shape table = operands.first().shape();
        operands.require(table.rank() >= 1 && table.dim(0).isFixed(), "the table must have a fixed number of rows");
        return operands.first().as(operands.second().shape().append(table.without(0)));
    }

    private static TensorType scatterAdd(long rows, OperandTypes operands) {
        operands.requireCount(2);
        operands.requireIndex(operands.first());
        operands.requireElement(operands.second(), Domain.REALS);
        Shape index = operands.first().shape();
        Shape updates = operands.second().shape();
        operands.require(updates.rank() >= index.rank(), "the updates need the index's axes first");
        operands.require(leading(updates, index.rank()).equals(index), "the updates need the index's axes first");
        var row = new Shape(updates.dims().subList(index.rank(), updates.rank()));
        return TensorType.f32(Shape.of(rows).append(row));
    }

    private static TensorType pick(OperandTypes operands) {
        operands.requireCount(2);
        operands.requireElement(operands.first(), Domain.REALS);
        operands.requireIndex(operands.second());
        Shape x = operands.first().shape();
        Shape position = operands.second().shape();
        operands.require(x.rank() == 3 && position.rank() == 3, "needs three axes");
        operands.require(x.without(1).equals(position.without(1)), "the first and the last axes differ");
        operands.require(x.dim(1).isFixed(), "the number of positions must be fixed");
        return operands.first().as(position);
    }

    private static TensorType putBack(long length, OperandTypes operands) {
        operands.requireCount(2);
        operands.requireIndex(operands.first());
        operands.requireElement(operands.second(), Domain.REALS);
        Shape position = operands.first().shape();
        operands.require(position.rank() == 3, "needs three axes");
        operands.require(position.equals(operands.second().shape()), "there must be an update for each position");
        return operands.second().as(Shape.of(position.dim(0), Dim.of(length), position.dim(2)));
    }

    private static TensorType random(Op.Random random, OperandTypes operands) {
        operands.requireCount(0);
        return TensorType.f32(random.shape());
    }

    private static Shape leading(Shape shape, int count) {
        return new Shape(shape.dims().subList(0, count));
    }
}
