package org.descentlang.compiler.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** The multiply-adds of products and convolutions, for one example. What works element by element is not counted. */
public final class MultiplyAdds {
    private MultiplyAdds() {}

    public static long of(Program program) {
        return of(program.instructions(), program.instructions());
    }

    /** @param of those that are counted, whose operands are among {@code all} */
    public static long of(List<Instruction> of, List<Instruction> all) {
        long sum = 0;
        Set<Loop> loops = new HashSet<>();
        for (Instruction instruction : of) {
            List<TensorType> operands = instruction.operands().stream()
                    .map(operand -> all.get(operand).type())
                    .toList();
            sum += switch (instruction.op()) {
                case Op.MatMul product -> of(product, operands, instruction.type());
                case Op.Convolve convolve -> of(convolve, operands, instruction.type());
                // Several results of one loop are one loop.
                case Op.Scan(Loop loop, var _, var _) -> loops.add(loop) ? loop.turns() * of(loop.body()) : 0;
                case Op.Leaf _,
                        Op.ElementWise _,
                        Op.View _,
                        Op.Reducing _,
                        Op.Assembling _,
                        Op.Random _,
                        Op.Gather _,
                        Op.ScatterAdd _,
                        Op.WindowArgMax _,
                        Op.Pick _,
                        Op.PutBack _ -> 0;
            };
        }
        return sum;
    }

    private static long of(Op.MatMul product, List<TensorType> operands, TensorType result) {
        Shape left = operands.getFirst().shape();
        int inner = left.rank() - (product.transposeLeft() ? 2 : 1);
        return result.shape().count(1) * left.dim(inner).size(1);
    }

    /** At each position of the result, or of what it is the derivative of, a filter of each unit. */
    private static long of(Op.Convolve convolve, List<TensorType> operands, TensorType result) {
        TensorType positions = switch (convolve.part()) {
            case VALUE -> result;
            case BY_DATA -> operands.getFirst();
            case BY_WEIGHTS -> operands.get(1);
        };
        TensorType filters = convolve.part() == Op.Part.BY_WEIGHTS ? result : operands.get(1);
        return positions.shape().count(1)
                * (filters.shape().count(1) / filters.shape().last().size(1));
    }
}
