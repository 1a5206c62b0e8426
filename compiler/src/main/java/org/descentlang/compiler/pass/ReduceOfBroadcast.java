package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;

/**
 * A reduction along an axis that only repeats values does not look at each: the maximum of n equal numbers is that
 * number, their sum n times it (which is nearer to the true sum than adding them up in float). A product would be a
 * power: it stays.
 *
 * <pre>
 * %1 = broadcast axes=[1] %0 : f32[batch, 64]          %1 = extent size=[batch]
 * %2 = reduce sum axes=[0] %1                    ──▶   %2 = broadcast axes=[] %1 : f32[64]
 *                                                      %3 = multiply %0, %2
 * </pre>
 */
final class ReduceOfBroadcast implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (op instanceof Op.Reduce reduce
                && program.op(operands.getFirst()) instanceof Op.Broadcast broadcast
                && applies(reduce.reduction(), program.type(operands.getFirst()).element())
                && !broadcast.axes().containsAll(reduce.axes())) {
            int source = program.instruction(operands.getFirst()).operand(0);
            return OptionalInt.of(reduced(reduce, broadcast, source, program));
        }
        return OptionalInt.empty();
    }

    private static boolean applies(Reduction reduction, ElementType element) {
        return switch (reduction) {
            case SUM -> element == ElementType.F32;
            case MAXIMUM, MINIMUM -> true;
            case PRODUCT -> false;
        };
    }

    private static int reduced(Op.Reduce reduce, Op.Broadcast broadcast, int source, Rewriter program) {
        var sourceAxes = new ArrayList<Integer>();
        Dim count = Dim.ONE;
        for (int axis : reduce.axes()) {
            int at = broadcast.axes().indexOf(axis);
            if (at >= 0) {
                sourceAxes.add(at);
            } else {
                count = count.times(broadcast.shape().dim(axis));
            }
        }
        int value = program.add(new Op.Reduce(reduce.reduction(), sourceAxes), source);
        if (reduce.reduction() == Reduction.SUM) {
            int times = program.spread(program.add(new Op.Extent(count)), program.shape(value));
            value = program.add(new Op.Binary(BinaryKind.MULTIPLY), value, times);
        }
        return repeated(value, reduce.axes(), broadcast, program);
    }

    /** Along the axes of the broadcast that are not reduced. */
    private static int repeated(int value, List<Integer> reduced, Op.Broadcast broadcast, Rewriter program) {
        var dims = new ArrayList<Dim>();
        var axes = new ArrayList<Integer>();
        for (int axis = 0; axis < broadcast.shape().rank(); axis++) {
            if (!reduced.contains(axis)) {
                if (broadcast.axes().contains(axis)) {
                    axes.add(dims.size());
                }
                dims.add(broadcast.shape().dim(axis));
            }
        }
        return program.add(new Op.Broadcast(new Shape(dims), axes), value);
    }
}
