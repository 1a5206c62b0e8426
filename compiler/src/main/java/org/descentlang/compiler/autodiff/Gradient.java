package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.StackedName;
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
        var chosen = new HashSet<>(parameters);
        var loops = LoopGradients.of(program, Differentiability.of(program, chosen::contains));
        Program forward = loops.forward();
        int loss = loss(forward);
        ProgramBuilder builder = copy(forward);
        forward.outputs().forEach(output -> builder.output(output.sink(), output.name(), output.value()));
        var adjoints = new Adjoints(builder, Differentiability.of(forward, chosen::contains));
        builder.at(forward.instruction(loss).origin());
        if (adjoints.isWanted(loss)) {
            adjoints.add(loss, adjoints.constant(1, forward.type(loss).shape()));
            propagate(forward, builder, adjoints, loops);
        }
        builder.at(forward.instruction(loss).origin());
        var reads = reads(forward, Storage.PARAMETER);
        for (String parameter : asRead(parameters, reads.keySet(), program.name())) {
            builder.output(
                    Sink.GRADIENT, parameter, total(reads.getOrDefault(parameter, List.of()), builder, adjoints));
        }
        return builder.build();
    }

    /** Those of a repetition under their common name, where the first of them stands. */
    private static Set<String> asRead(List<String> parameters, Set<String> reads, String program) {
        var readAs = new HashMap<String, String>();
        for (String name : reads) {
            readAs.put(name, name);
            StackedName.of(name)
                    .ifPresent(names -> names.indices().forEach(turn -> readAs.put(names.name(turn), name)));
        }
        var found = new LinkedHashSet<String>();
        for (String parameter : parameters) {
            String name = readAs.get(parameter);
            if (name == null) {
                throw new IllegalArgumentException(program + " does not read parameter " + parameter);
            }
            found.add(name);
        }
        return found;
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

    /** Without outputs. */
    static ProgramBuilder copy(Program program) {
        var builder = new ProgramBuilder(program.name());
        for (Instruction instruction : program.instructions()) {
            builder.at(instruction.origin());
            builder.add(instruction.op(), instruction.operands());
        }
        return builder;
    }

    /** From the last instruction that has a derivative to the first. */
    static void propagate(Program program, ProgramBuilder builder, Adjoints adjoints, LoopGradients loops) {
        var rule = new GradientRule(adjoints, loops);
        for (int value = program.size() - 1; value >= 0; value--) {
            if (adjoints.isKnown(value) || loops.isFirst(value)) {
                builder.at(program.instruction(value).origin());
                rule.propagate(program.instruction(value), value);
            }
        }
    }

    static Map<String, List<Integer>> reads(Program program, Storage storage) {
        var reads = new LinkedHashMap<String, List<Integer>>();
        for (int value = 0; value < program.size(); value++) {
            if (program.instruction(value).op() instanceof Op.Read read && read.storage() == storage) {
                reads.computeIfAbsent(read.name(), _ -> new ArrayList<>()).add(value);
            }
        }
        return reads;
    }

    /** A parameter may be read in several places. */
    static int total(List<Integer> reads, ProgramBuilder builder, Adjoints adjoints) {
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
