package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.type.Shape;

/**
 * An element-wise operation does not care for the shape, so that a reshape can wait for one that undoes it.
 *
 * <pre>
 * %1 = reshape %0 : f32[batch, 1]          %1 = log %0 : f32[batch]
 * %2 = log %1 : f32[batch, 1]        ──▶   %2 = reshape %1 : f32[batch, 1]
 * %3 = reshape %2 : f32[batch]             %3 = reshape %2 : f32[batch]
 * </pre>
 */
final class ReshapeAfterwards implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        return op instanceof Op.ElementWise ? elementWise(op, operands, program) : OptionalInt.empty();
    }

    private static OptionalInt elementWise(Op op, List<Integer> operands, Rewriter program) {
        Optional<Shape> shape = sourceShape(operands, program);
        if (shape.isEmpty()) {
            return OptionalInt.empty();
        }
        var sources = new ArrayList<Integer>();
        for (int operand : operands) {
            OptionalInt scalar = program.scalar(operand);
            if (isReshape(operand, program)) {
                sources.add(program.instruction(operand).operand(0));
            } else if (scalar.isPresent()) {
                sources.add(program.spread(scalar.getAsInt(), shape.get()));
            } else {
                return OptionalInt.empty();
            }
        }
        Shape result = program.shape(operands.getFirst());
        return OptionalInt.of(program.add(new Op.Reshape(result), program.add(op, sources)));
    }

    /** The one shape that all reshaped operands had before. */
    private static Optional<Shape> sourceShape(List<Integer> operands, Rewriter program) {
        List<Shape> shapes = operands.stream()
                .filter(operand -> isReshape(operand, program))
                .map(operand -> program.shape(program.instruction(operand).operand(0)))
                .distinct()
                .toList();
        return shapes.size() == 1 ? Optional.of(shapes.getFirst()) : Optional.empty();
    }

    private static boolean isReshape(int value, Rewriter program) {
        return program.op(value) instanceof Op.Reshape;
    }
}
