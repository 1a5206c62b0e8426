package org.descentlang.compiler.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;

/**
 * Gradients that no instruction computes for themselves, since they are what the program reads or another gradient, as
 * copies: these are fused like everything else, so that a kernel which reads the values anyway leaves them where
 * gradients lie.
 *
 * <pre>
 *   output gradient "w" = w    ──▶    %9 = reshape w
 *                                     output gradient "w" = %9
 * </pre>
 */
public final class GradientCopies {
    private GradientCopies() {}

    public static Program explicit(Program program) {
        var builder = new ProgramBuilder(program.name());
        for (Instruction instruction : program.instructions()) {
            builder.at(instruction.origin());
            builder.add(instruction.op(), instruction.operands());
        }
        Set<Integer> taken = new HashSet<>();
        for (Output output : program.outputs()) {
            int value = output.value();
            boolean copied = isOwn(output.sink()) && (isRead(program, value) || !taken.add(value));
            builder.at(program.instruction(value).origin());
            Op copy = new Op.Reshape(program.type(value).shape());
            builder.output(output.sink(), output.name(), copied ? builder.add(copy, List.of(value)) : value);
        }
        return builder.build();
    }

    /** Whether what is left there has a place that nothing else has. */
    private static boolean isOwn(Sink sink) {
        return switch (sink) {
            case GRADIENT, CARRIED, ELEMENT -> true;
            case RESULT, RUNNING, PARAMETER, STATE -> false;
        };
    }

    private static boolean isRead(Program program, int value) {
        return program.instruction(value).op() instanceof Op.Read read && read.storage() != Storage.SCALAR;
    }
}
