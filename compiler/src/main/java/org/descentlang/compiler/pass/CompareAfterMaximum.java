package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;

/**
 * Where the larger of a value and a bound is there already, the value need not be kept to know on which side of the
 * bound it is: the derivative of relu needs its result only.
 *
 * <pre>
 * %2 = compare greater %0, %1                 %2 = maximum %0, %1
 * %3 = maximum %0, %1                  ──▶    %3 = compare greater %2, %1
 * %5 = select %2, …                           %5 = select %3, …
 * </pre>
 */
final class CompareAfterMaximum implements Rule {
    private static final Op MAXIMUM = new Op.Binary(BinaryKind.MAXIMUM);

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (!(op instanceof Op.Select) || !tellsFromLarger(program.op(operands.getFirst()))) {
            return OptionalInt.empty();
        }
        Instruction condition = program.instruction(operands.getFirst());
        OptionalInt larger = program.find(MAXIMUM, condition.operands());
        return larger.isPresent()
                ? OptionalInt.of(program.add(
                        op,
                        program.add(condition.op(), larger.getAsInt(), condition.operand(1)),
                        operands.get(1),
                        operands.get(2)))
                : OptionalInt.empty();
    }

    private static boolean tellsFromLarger(Op op) {
        return op.equals(new Op.Compare(Comparison.GREATER)) || op.equals(new Op.Compare(Comparison.LESS_OR_EQUAL));
    }
}
