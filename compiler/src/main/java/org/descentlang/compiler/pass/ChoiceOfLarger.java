package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;

/**
 * A value that a bound replaces where it is beyond is the larger (or smaller) of both: one instruction on every
 * processor. Exact but for the sign of a zero. A value that is NaN is not beyond any bound and stays, as in a maximum;
 * so the other way round, {@code x > 0 ? x : 0}, is none.
 *
 * <pre>
 * %2 = compare less_or_equal %0, %1
 * %3 = select %2, %1, %0                ──▶    %3 = maximum %0, %1
 * </pre>
 */
final class ChoiceOfLarger implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (!(op instanceof Op.Select)) {
            return OptionalInt.empty();
        }
        Instruction condition = program.instruction(operands.getFirst());
        int bound = operands.get(1);
        boolean applies = condition.op() instanceof Op.Compare
                && condition.operands().equals(List.of(operands.get(2), bound))
                && program.constant(bound).isPresent();
        return applies ? chosen((Op.Compare) condition.op(), operands.get(2), bound, program) : OptionalInt.empty();
    }

    private static OptionalInt chosen(Op.Compare compare, int x, int bound, Rewriter program) {
        return switch (compare.comparison()) {
            case LESS, LESS_OR_EQUAL -> OptionalInt.of(program.add(new Op.Binary(BinaryKind.MAXIMUM), x, bound));
            case GREATER, GREATER_OR_EQUAL -> OptionalInt.of(program.add(new Op.Binary(BinaryKind.MINIMUM), x, bound));
            case EQUAL, NOT_EQUAL -> OptionalInt.empty();
        };
    }
}
