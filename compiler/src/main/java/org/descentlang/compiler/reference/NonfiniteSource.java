package org.descentlang.compiler.reference;

import java.util.Arrays;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.op.Results;

/** Finds where a value that is not finite came from. */
final class NonfiniteSource {
    private NonfiniteSource() {}

    /**
     * Follows a bad result back: what nothing of it depends on, such as the other branch of a `where`, may be infinite.
     */
    static String of(Results results) {
        for (Output output : results.program().outputs()) {
            if (isNonfinite(results, output.value())) {
                Instruction source = results.program().instruction(source(results, output.value()));
                String place = source.origin()
                        .map(span -> span + ": `" + span.text() + "`")
                        .orElse(results.program().name());
                boolean lookup = source.op() instanceof Op.Gather || isMarked(results.program(), source);
                return lookup ? place + ", by an index that is out of range" : place;
            }
        }
        return "";
    }

    /** The instruction that made the value bad: all that it reads is finite. */
    private static int source(Results results, int value) {
        if (isMarked(results.program(), results.program().instruction(value))) {
            return value;
        }
        return results.program().instruction(value).operands().stream()
                .filter(operand -> isNonfinite(results, operand))
                .findFirst()
                .map(operand -> source(results, operand))
                .orElse(value);
    }

    /** A `one_hot` whose rows are NaN where the index is wrong. */
    private static boolean isMarked(Program program, Instruction made) {
        return made.op() instanceof Op.Select
                && program.instruction(made.operand(1)).op() instanceof Op.Cast
                && program.instruction(made.operand(2)).op() instanceof Op.Broadcast
                && program.instruction(program.instruction(made.operand(2)).operand(0))
                                .op()
                        instanceof Op.Constant(double value, var _)
                && Double.isNaN(value);
    }

    /** As a float, which training computes with. */
    private static boolean isNonfinite(Results results, int value) {
        return Arrays.stream(results.values().get(value).data()).anyMatch(x -> !Float.isFinite((float) x));
    }
}
