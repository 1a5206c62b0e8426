package org.descentlang.compiler.ir;

import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** Axes disappear. */
final class ReducingShape {
    private ReducingShape() {}

    static TensorType of(Op.Reducing op, OperandTypes operands) {
        TensorType operand = operands.only();
        operands.requireElement(operand, Domain.NUMBERS);
        operands.requireAscendingAxes(op.axes(), operand.shape());
        Shape kept = operand.shape();
        for (int axis : op.axes().reversed()) {
            kept = kept.without(axis);
        }
        return switch (op) {
            case Op.Reduce _ -> operand.as(kept);
            case Op.ArgMax _ -> TensorType.i32(kept);
        };
    }
}
