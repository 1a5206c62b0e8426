package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;

/**
 * A product reads its operands in either order, so nothing needs to be transposed for it.
 *
 * <pre>
 * %2 = transpose axes=[1, 0] %1      ──▶
 * %3 = matmul %0, %2                       %2 = matmul right %0, %1
 * </pre>
 */
final class TransposeIntoMatMul implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (!(op instanceof Op.MatMul(boolean left, boolean right))) {
            return OptionalInt.empty();
        }
        int a = operands.getFirst();
        int b = operands.get(1);
        boolean swapsA = swapsMatrix(a, program);
        boolean swapsB = swapsMatrix(b, program);
        if (!swapsA && !swapsB) {
            return OptionalInt.empty();
        }
        int sourceA = swapsA ? program.instruction(a).operand(0) : a;
        int sourceB = swapsB ? program.instruction(b).operand(0) : b;
        return OptionalInt.of(program.add(new Op.MatMul(left ^ swapsA, right ^ swapsB), sourceA, sourceB));
    }

    /** Whether the value is another one with its last two axes, and no others, in each other's place. */
    private static boolean swapsMatrix(int value, Rewriter program) {
        if (!(program.op(value) instanceof Op.Transpose(List<Integer> permutation))) {
            return false;
        }
        int rank = permutation.size();
        for (int axis = 0; axis < rank - 2; axis++) {
            if (permutation.get(axis) != axis) {
                return false;
            }
        }
        return permutation.get(rank - 2) == rank - 1;
    }
}
