package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.type.Dim;

/**
 * The gradients of a tensor's neighbouring slices, put side by side instead of added with zeros around.
 *
 * <pre>
 * %2 = pad axis=1 before=0 after=5 %0 : f32[8, 9]
 * %3 = pad axis=1 before=4 after=0 %1 : f32[8, 9]      ──▶   %2 = concat axis=1 %0, %1
 * %4 = add %2, %3
 * </pre>
 */
final class PadsToConcat implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (!op.equals(new Op.Binary(BinaryKind.ADD))) {
            return OptionalInt.empty();
        }
        OptionalInt joined = joined(operands.getFirst(), operands.get(1), program);
        return joined.isPresent() ? joined : joined(operands.get(1), operands.getFirst(), program);
    }

    private static OptionalInt joined(int first, int second, Rewriter program) {
        if (program.op(first) instanceof Op.Pad a
                && program.op(second) instanceof Op.Pad b
                && a.axis() == b.axis()
                && end(first, a, program) == b.before()) {
            int both = program.add(new Op.Concat(a.axis()), source(first, program), source(second, program));
            return OptionalInt.of(program.add(new Op.Pad(a.axis(), a.before(), b.after()), both));
        }
        return OptionalInt.empty();
    }

    /** Where, along the padded axis, what is not zero ends. */
    private static long end(int value, Op.Pad pad, Rewriter program) {
        Dim length = program.shape(source(value, program)).dim(pad.axis());
        return pad.before() + length.fixed();
    }

    private static int source(int value, Rewriter program) {
        return program.instruction(value).operand(0);
    }
}
