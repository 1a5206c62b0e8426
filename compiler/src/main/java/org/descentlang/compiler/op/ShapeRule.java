package org.descentlang.compiler.op;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.type.TensorType;

/** The type of an operation's result. */
public final class ShapeRule {
    private ShapeRule() {}

    /** @throws IllegalArgumentException if the operands do not fit: a bug of the caller, since user's mistakes are found before */
    public static TensorType result(Op op, List<TensorType> operands) {
        if (op instanceof Op.Leaf leaf) {
            return leaf.type();
        }
        throw new UnsupportedOperationException(op + " " + operands);
    }
}
