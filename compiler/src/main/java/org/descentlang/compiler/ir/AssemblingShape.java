package org.descentlang.compiler.ir;

import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** An axis grows. */
final class AssemblingShape {
    private AssemblingShape() {}

    static TensorType of(Op.Assembling op, OperandTypes operands) {
        return switch (op) {
            case Op.Pad pad -> pad(pad, operands);
            case Op.Concat concat -> concat(concat.axis(), operands);
        };
    }

    private static TensorType pad(Op.Pad pad, OperandTypes operands) {
        long size = operands.fixedSize(operands.only(), pad.axis());
        operands.require(pad.before() >= 0 && pad.after() >= 0, "a negative width");
        operands.requireElement(operands.first(), Domain.NUMBERS);
        return operands.resized(pad.axis(), Math.addExact(size, Math.addExact(pad.before(), pad.after())));
    }

    private static TensorType concat(int axis, OperandTypes operands) {
        operands.require(!operands.types().isEmpty(), "wrong number of operands");
        long size = 0;
        for (TensorType operand : operands.types()) {
            size = Math.addExact(size, operands.fixedSize(operand, axis));
        }
        TensorType result = operands.resized(axis, size);
        for (TensorType operand : operands.types()) {
            Shape grown = operand.shape().with(axis, Dim.of(size));
            operands.require(operand.as(grown).equals(result), "operands differ in another axis or in element type");
        }
        return result;
    }
}
