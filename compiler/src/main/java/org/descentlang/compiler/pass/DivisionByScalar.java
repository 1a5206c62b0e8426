package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.type.ElementType;

/**
 * Divides once instead of for every element. The host divides in double precision, so the product differs from the
 * quotient in its last place at most; a vector unit multiplies ten times as often as it divides.
 *
 * <pre>
 * %2 = broadcast axes=[] %1 : f32[64]          %2 = divide 1, %1
 * %3 = divide %0, %2                    ──▶    %3 = broadcast axes=[] %2 : f32[64]
 *                                              %4 = multiply %0, %3
 * </pre>
 */
final class DivisionByScalar implements Rule {
    private static final Op DIVIDE = new Op.Binary(BinaryKind.DIVIDE);

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (!op.equals(DIVIDE)) {
            return OptionalInt.empty();
        }
        int dividend = operands.getFirst();
        OptionalInt divisor = program.scalar(operands.get(1));
        boolean spread = program.op(operands.get(1)) instanceof Op.Broadcast
                && !program.type(dividend).isScalar();
        // What is itself one number for all elements is divided by the host anyway.
        boolean applies = spread
                && divisor.isPresent()
                && program.scalar(dividend).isEmpty()
                && program.type(dividend).element() == ElementType.F32;
        if (!applies) {
            return OptionalInt.empty();
        }
        int one = program.constant(1, program.type(divisor.getAsInt()));
        int inverse = program.add(DIVIDE, one, divisor.getAsInt());
        return OptionalInt.of(program.add(
                new Op.Binary(BinaryKind.MULTIPLY), dividend, program.spread(inverse, program.shape(dividend))));
    }
}
