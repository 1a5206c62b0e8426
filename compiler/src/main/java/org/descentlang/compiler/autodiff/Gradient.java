package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.type.TensorType;

/**
 * Reverse-mode differentiation, program to program: after the forward instructions come, from the loss back to the
 * parameters, those that compute its derivatives. Griewank, Walther: Evaluating derivatives, second edition, section
 * 3.2.
 */
public final class Gradient {
    private Gradient() {}

    /**
     * The same program with a GRADIENT output for each of the parameters, in their order; zeros where the loss does not
     * depend on one.
     *
     * @param program with an f32 scalar RESULT `loss`
     * @param parameters paths of PARAMETER reads of the program
     * @throws IllegalArgumentException if there is no such loss or no such read
     */
    public static Program of(Program program, List<String> parameters) {
        int loss = loss(program);
        ProgramBuilder builder = copy(program);
        var adjoints = new Adjoints(builder, Differentiability.of(program, new HashSet<>(parameters)::contains));
        if (adjoints.isWanted(loss)) {
            propagate(program, loss, builder, adjoints);
        }
        builder.at(program.instruction(loss).origin());
        Map<String, List<Integer>> reads = parameterReads(program);
        for (String parameter : parameters) {
            List<Integer> places = reads.get(parameter);
            if (places == null) {
                throw new IllegalArgumentException(program.name() + " does not read parameter " + parameter);
            }
            builder.output(Sink.GRADIENT, parameter, total(places, builder, adjoints));
        }
        return builder.build();
    }

    private static int loss(Program program) {
        for (Output output : program.outputs()) {
            boolean found = output.sink() == Sink.RESULT && output.name().equals("loss");
            if (found && program.type(output.value()).equals(TensorType.SCALAR)) {
                return output.value();
            }
        }
        throw new IllegalArgumentException(program.name() + " has no f32 scalar result `loss`");
    }

    private static ProgramBuilder copy(Program program) {
        var builder = new ProgramBuilder(program.name());
        for (Instruction instruction : program.instructions()) {
            builder.at(instruction.origin());
            builder.add(instruction.op(), instruction.operands());
        }
        for (Output output : program.outputs()) {
            builder.output(output.sink(), output.name(), output.value());
        }
        return builder;
    }

    private static void propagate(Program program, int loss, ProgramBuilder builder, Adjoints adjoints) {
        var rule = new GradientRule(adjoints);
        builder.at(program.instruction(loss).origin());
        adjoints.add(loss, adjoints.constant(1, program.type(loss).shape()));
        for (int value = loss; value >= 0; value--) {
            if (adjoints.isKnown(value)) {
                builder.at(program.instruction(value).origin());
                rule.propagate(program.instruction(value), value);
            }
        }
    }

    private static Map<String, List<Integer>> parameterReads(Program program) {
        var reads = new LinkedHashMap<String, List<Integer>>();
        for (int value = 0; value < program.size(); value++) {
            if (program.instruction(value).op() instanceof Op.Read(Op.Storage storage, String name, var _)
                    && storage == Op.Storage.PARAMETER) {
                reads.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return reads;
    }

    /** A parameter may be read in several places. */
    private static int total(List<Integer> reads, ProgramBuilder builder, Adjoints adjoints) {
        int total = -1;
        for (int read : reads) {
            if (adjoints.isKnown(read)) {
                int part = adjoints.of(read);
                total = total < 0 ? part : adjoints.binary(Op.BinaryKind.ADD, total, part);
            }
        }
        return total < 0 ? adjoints.constant(0, builder.type(reads.getFirst()).shape()) : total;
    }
}
