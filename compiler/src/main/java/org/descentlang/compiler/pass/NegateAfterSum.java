package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.UnaryKind;

/**
 * The sum of negated numbers is the negated sum, exactly, since rounding is symmetric.
 *
 * <pre>
 * %1 = negate %0                     ──▶   %1 = reduce sum axes=[1] %0
 * %2 = reduce sum axes=[1] %1              %2 = negate %1
 * </pre>
 */
final class NegateAfterSum implements Rule {
    private static final Op NEGATE = new Op.Unary(UnaryKind.NEGATE);

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        boolean applies = op instanceof Op.Reduce reduce
                && reduce.reduction() == Reduction.SUM
                && program.op(operands.getFirst()).equals(NEGATE);
        return applies
                ? OptionalInt.of(program.add(
                        NEGATE,
                        program.add(op, program.instruction(operands.getFirst()).operands())))
                : OptionalInt.empty();
    }
}
