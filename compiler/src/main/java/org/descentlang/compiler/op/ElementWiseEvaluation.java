package org.descentlang.compiler.op;

import java.util.List;
import org.descentlang.compiler.ir.Op;

/** Element by element. */
final class ElementWiseEvaluation {
    private ElementWiseEvaluation() {}

    static void fill(Op.ElementWise op, List<TensorValue> operands, TensorValue result) {
        TensorValue a = operands.getFirst();
        double[] filled = result.data();
        for (int i = 0; i < filled.length; i++) {
            double x = a.data()[i];
            filled[i] = switch (op) {
                case Op.Unary(var kind) -> ScalarRule.unary(kind, x);
                case Op.Binary(var kind) -> ScalarRule.binary(kind, a.element(), x, at(operands, 1, i));
                case Op.Compare(var comparison) -> ScalarRule.compare(comparison, x, at(operands, 1, i)) ? 1 : 0;
                case Op.Select _ -> at(operands, x != 0 ? 1 : 2, i);
                case Op.Cast(var to) -> ScalarRule.cast(to, x);
            };
        }
    }

    private static double at(List<TensorValue> operands, int operand, int element) {
        return operands.get(operand).data()[element];
    }
}
