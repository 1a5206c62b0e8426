package org.descentlang.compiler.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;

/** Compares a program's derived gradients with central differences of its loss, in double precision. */
final class FiniteDifferences {
    private static final double STEP = 1e-5;

    private FiniteDifferences() {}

    /** The f32 parameters that the program reads. */
    static List<String> parameters(Program program) {
        return program.instructions().stream()
                .map(Instruction::op)
                .filter(op -> op instanceof Op.Read read && read.storage() == Storage.PARAMETER)
                .map(op -> ((Op.Read) op).name())
                .distinct()
                .toList();
    }

    /** The gradients by parameter, each equal to differences of the loss to {@code tolerance} relative. */
    static Map<String, TensorValue> check(Program program, Inputs inputs, double tolerance) {
        List<String> parameters = parameters(program);
        Results results = ReferenceEvaluator.evaluate(Gradient.of(program, parameters), inputs);
        var gradients = new LinkedHashMap<String, TensorValue>();
        for (String parameter : parameters) {
            TensorValue gradient = results.output(Sink.GRADIENT, parameter);
            double[] values = value(program, results, parameter).data();
            assertThat(gradient.count()).isEqualTo(values.length);
            for (int i = 0; i < values.length; i++) {
                double expected = difference(program, inputs, values, i);
                double error = Math.abs(gradient.data()[i] - expected);
                assertThat(error)
                        .as("%s[%d]: %s, by differences %s", parameter, i, gradient.data()[i], expected)
                        .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(expected)));
            }
            gradients.put(parameter, gradient);
        }
        return gradients;
    }

    private static TensorValue value(Program program, Results results, String parameter) {
        for (int i = 0; i < program.size(); i++) {
            if (program.instruction(i).op() instanceof Op.Read read
                    && read.name().equals(parameter)) {
                return results.values().get(i);
            }
        }
        throw new AssertionError(parameter);
    }

    /** The array is what the inputs hold, so changing it changes them. */
    private static double difference(Program program, Inputs inputs, double[] values, int i) {
        double saved = values[i];
        values[i] = saved + STEP;
        double above = loss(program, inputs);
        values[i] = saved - STEP;
        double below = loss(program, inputs);
        values[i] = saved;
        return (above - below) / (2 * STEP);
    }

    private static double loss(Program program, Inputs inputs) {
        return ReferenceEvaluator.evaluate(program, inputs)
                .output(Sink.RESULT, "loss")
                .single();
    }
}
