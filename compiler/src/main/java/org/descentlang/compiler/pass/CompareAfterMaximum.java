package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;

/**
 * Where the larger of a value and a bound is there already, the value need not be kept to know whether it is above the bound: the
 * derivative of relu needs its result only.
 *
 * <pre>
 * %2 = maximum %0, %1                         %2 = maximum %0, %1
 * %3 = compare greater %0, %1          ──▶    %3 = compare greater %2, %1
 * </pre>
 */
final class CompareAfterMaximum implements Rule {
    private static final Op GREATER = new Op.Compare(Comparison.GREATER);
    private static final Op MAXIMUM = new Op.Binary(BinaryKind.MAXIMUM);

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (!op.equals(GREATER)) {
            return OptionalInt.empty();
        }
        OptionalInt larger = program.find(MAXIMUM, operands);
        return larger.isPresent()
                ? OptionalInt.of(program.add(GREATER, larger.getAsInt(), operands.get(1)))
                : OptionalInt.empty();
    }
}
