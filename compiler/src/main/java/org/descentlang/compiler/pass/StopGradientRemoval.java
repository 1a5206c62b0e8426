package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;

/**
 * Once the gradients are there, nothing has to be stopped.
 *
 * <pre>
 * %1 = stop_gradient %0    ──▶
 * %2 = exp %1                    %1 = exp %0
 * </pre>
 */
final class StopGradientRemoval implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        return op.equals(new Op.Unary(Op.UnaryKind.STOP_GRADIENT))
                ? OptionalInt.of(operands.getFirst())
                : OptionalInt.empty();
    }
}
