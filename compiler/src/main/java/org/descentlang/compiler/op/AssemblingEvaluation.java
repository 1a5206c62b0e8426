package org.descentlang.compiler.op;

import java.util.List;
import org.descentlang.compiler.ir.Op;

/** Operands are copied to where they stand in the result; around them it is zero. */
final class AssemblingEvaluation {
    private AssemblingEvaluation() {}

    static void fill(Op.Assembling op, List<TensorValue> operands, TensorValue result) {
        switch (op) {
            case Op.Pad pad -> place(operands.getFirst(), pad.axis(), pad.before(), result);
            case Op.Concat concat -> concat(concat.axis(), operands, result);
        }
    }

    private static void concat(int axis, List<TensorValue> operands, TensorValue result) {
        long before = 0;
        for (TensorValue operand : operands) {
            place(operand, axis, before, result);
            before += operand.sizes()[axis];
        }
    }

    /** Copies {@code x} into the result, {@code before} positions along the axis. */
    private static void place(TensorValue x, int axis, long before, TensorValue result) {
        int[] strides = TensorValue.strides(result.sizes());
        int[] offsets = Offsets.of(x.sizes(), strides, (int) before * strides[axis]);
        for (int i = 0; i < offsets.length; i++) {
            result.data()[offsets[i]] = x.data()[i];
        }
    }
}
