package org.descentlang.compiler.ir;

import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/** Operands and result have one shape. */
final class ElementWiseShape {
    private ElementWiseShape() {}

    static TensorType of(Op.ElementWise op, OperandTypes operands) {
        return switch (op) {
            case Op.Unary unary -> unary(unary.kind(), operands);
            case Op.Binary binary -> binary(binary.kind(), operands);
            case Op.Compare _ -> pair(operands).as(ElementType.BOOL);
            case Op.Select _ -> select(operands);
            case Op.Cast cast -> operands.only().as(cast.to());
        };
    }

    private static TensorType unary(UnaryKind kind, OperandTypes operands) {
        operands.requireElement(operands.only(), kind.domain());
        return operands.first();
    }

    private static TensorType binary(BinaryKind kind, OperandTypes operands) {
        operands.requireElement(pair(operands), kind.domain());
        return operands.first();
    }

    /** Two operands of one type. */
    private static TensorType pair(OperandTypes operands) {
        operands.requireCount(2);
        operands.require(operands.first().equals(operands.second()), "operands differ");
        return operands.first();
    }

    private static TensorType select(OperandTypes operands) {
        operands.requireCount(3);
        TensorType value = operands.second();
        operands.require(
                operands.first().equals(value.as(ElementType.BOOL)),
                "the condition must be a bool of the values' shape");
        operands.require(value.equals(operands.types().get(2)), "operands differ");
        return value;
    }
}
