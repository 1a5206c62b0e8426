package org.descentlang.compiler.train;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;

/**
 * Variances over the examples of a batch and nothing else, as `batch_norm` takes them of a dense layer: of one example
 * they are 0.
 */
final class BatchVariance {
    private final Program program;

    private BatchVariance(Program program) {
        this.program = program;
    }

    /** Where they are asked for. */
    static List<Span> in(Program program) {
        var search = new BatchVariance(program);
        return program.instructions().stream()
                .filter(instruction -> instruction.op() instanceof Op.Reduce(var reduction, var axes)
                        && reduction == Reduction.SUM
                        && search.isSquareDistance(instruction.operand(0), axes))
                .flatMap(instruction -> instruction.origin().stream())
                .distinct()
                .toList();
    }

    /** `(x - mean(x)) * (x - mean(x))`, where the mean is over the batch. */
    private boolean isSquareDistance(int value, List<Integer> axes) {
        Optional<Integer> distance = operand(value, BinaryKind.MULTIPLY, 0);
        if (distance.isEmpty() || !distance.equals(operand(value, BinaryKind.MULTIPLY, 1))) {
            return false;
        }
        Optional<Integer> x = operand(distance.get(), BinaryKind.SUBTRACT, 0);
        Optional<Integer> centre = operand(distance.get(), BinaryKind.SUBTRACT, 1);
        return x.isPresent() && centre.isPresent() && isBatch(x.get(), axes) && isMean(centre.get(), x.get(), axes);
    }

    private boolean isBatch(int value, List<Integer> axes) {
        var shape = program.type(value).shape();
        return axes.stream().map(shape::dim).reduce(Dim.ONE, Dim::times).equals(Dim.BATCH);
    }

    /** Whether a value is the sum of {@code x}, divided and repeated. */
    private boolean isMean(int value, int x, List<Integer> axes) {
        var instruction = program.instruction(value);
        if (instruction.op() instanceof Op.Reduce(var reduction, var summed)) {
            return reduction == Reduction.SUM && summed.equals(axes) && instruction.operand(0) == x;
        }
        boolean passesOn = instruction.op() instanceof Op.Broadcast
                || instruction.op() instanceof Op.Reshape
                || instruction.op().equals(new Op.Binary(BinaryKind.DIVIDE));
        return passesOn && isMean(instruction.operand(0), x, axes);
    }

    private Optional<Integer> operand(int value, BinaryKind kind, int position) {
        var instruction = program.instruction(value);
        return instruction.op().equals(new Op.Binary(kind))
                ? Optional.of(instruction.operand(position))
                : Optional.empty();
    }
}
