package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;

/**
 * Computes before repeating: an element-wise operation on broadcasts becomes the broadcast of one on fewer elements.
 * The operand with the most axes decides how many.
 *
 * <pre>
 * %2 = broadcast axes=[1] %0 : f32[batch, 64]          %2 = broadcast axes=[] %1 : f32[64]
 * %3 = broadcast axes=[] %1 : f32[batch, 64]     ──▶   %3 = multiply %0, %2 : f32[64]
 * %4 = multiply %2, %3                                 %4 = broadcast axes=[1] %3 : f32[batch, 64]
 * </pre>
 */
final class BroadcastAfterwards implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        return op instanceof Op.ElementWise ? elementWise(op, operands, program) : OptionalInt.empty();
    }

    private static OptionalInt elementWise(Op op, List<Integer> operands, Rewriter program) {
        if (!(program.op(operands.getFirst()) instanceof Op.Broadcast widest)) {
            return OptionalInt.empty();
        }
        int source = operands.getFirst();
        for (int operand : operands) {
            if (!(program.op(operand) instanceof Op.Broadcast broadcast)) {
                return OptionalInt.empty();
            }
            if (broadcast.axes().size() > widest.axes().size()) {
                widest = broadcast;
                source = operand;
            }
        }
        return onSources(op, operands, widest, program.instruction(source).operand(0), program);
    }

    private static OptionalInt onSources(
            Op op, List<Integer> operands, Op.Broadcast widest, int source, Rewriter program) {
        var sources = new ArrayList<Integer>();
        for (int operand : operands) {
            List<Integer> mine = ((Op.Broadcast) program.op(operand)).axes();
            if (!widest.axes().containsAll(mine)) {
                return OptionalInt.empty();
            }
            int own = program.instruction(operand).operand(0);
            List<Integer> within = mine.stream().map(widest.axes()::indexOf).toList();
            boolean equal = within.size() == widest.axes().size();
            sources.add(equal ? own : program.add(new Op.Broadcast(program.shape(source), within), own));
        }
        return OptionalInt.of(program.add(widest, program.add(op, sources)));
    }
}
