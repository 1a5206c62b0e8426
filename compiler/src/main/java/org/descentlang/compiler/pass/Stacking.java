package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/** Operations of a turn as operations on the elements of all turns, which lie along a new first axis. */
final class Stacking {
    /** An operand outside of the loop: of all turns, or the same in each of them. */
    record Outside(int value, boolean stacked) {}

    private final Rewriter program;
    private final Dim turns;

    Stacking(Rewriter program, int turns) {
        this.program = program;
        this.turns = Dim.of(turns);
    }

    /** Whether {@link #apply} knows how, if the operands for which {@code stacked} holds are of all turns. */
    static boolean isKnown(Op op, List<Boolean> stacked, List<Integer> ranks) {
        return switch (op) {
            case Op.Leaf _, Op.ElementWise _, Op.View _, Op.Reducing _, Op.Assembling _ -> true;
            case Op.MatMul _ -> stacked.getFirst() && (stacked.getLast() || ranks.getLast() == 2);
            case Op.Gather _ -> !stacked.getFirst();
            case Op.Call _, Op.Region _ -> false;
        };
    }

    /** The same in all turns if all operands are. */
    Outside apply(Op op, List<Outside> operands) {
        if (operands.stream().noneMatch(Outside::stacked)) {
            return new Outside(
                    program.add(op, operands.stream().map(Outside::value).toList()), false);
        }
        boolean asTheyAre = op instanceof Op.Call;
        List<Integer> values = operands.stream()
                .map(operand -> asTheyAre ? operand.value : stacked(operand))
                .toList();
        return new Outside(program.add(ofAllTurns(op), values), true);
    }

    /** As a value of all turns. */
    int stacked(Outside operand) {
        if (operand.stacked) {
            return operand.value;
        }
        Shape shape = program.shape(operand.value);
        var axes = IntStream.range(1, shape.rank() + 1).boxed().toList();
        return program.add(new Op.Broadcast(stacked(shape), axes), operand.value);
    }

    Shape stacked(Shape shape) {
        return Shape.of(turns).append(shape);
    }

    private Op ofAllTurns(Op op) {
        return switch (op) {
            case Op.Broadcast(var shape, var axes) -> new Op.Broadcast(stacked(shape), behindFirst(axes));
            case Op.Reshape(var shape) -> new Op.Reshape(stacked(shape));
            case Op.Transpose(var permutation) -> new Op.Transpose(behindFirst(permutation));
            case Op.Slice(int axis, long start, long length) -> new Op.Slice(axis + 1, start, length);
            case Op.Pad(int axis, long before, long after) -> new Op.Pad(axis + 1, before, after);
            case Op.Concat(int axis) -> new Op.Concat(axis + 1);
            case Op.Reduce(var reduction, var axes) ->
                new Op.Reduce(reduction, axes.stream().map(axis -> axis + 1).toList());
            case Op.ArgMax(int axis) -> new Op.ArgMax(axis + 1);
            case Op.ElementWise _, Op.Call _ -> op;
            case Op.Leaf _, Op.View _, Op.Assembling _, Op.Reducing _, Op.Region _ ->
                throw new IllegalArgumentException("not of all turns: " + op);
        };
    }

    /** The first axis, and those of an element. */
    static List<Integer> behindFirst(List<Integer> axes) {
        var moved = new ArrayList<>(List.of(0));
        axes.forEach(axis -> moved.add(axis + 1));
        return moved;
    }
}
