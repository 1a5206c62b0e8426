package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.reference.ReferenceRun;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.description.ProgramRole;

/**
 * One number that one of ONNX's update rules changes. Its inputs are the rate, the count of updates, parameters,
 * gradients, and states. At count 0 its Adam corrects no bias, as ours does not after many updates.
 *
 * @param states in the order in which the rule declares them
 */
record OnnxUpdate(String text, List<Double> states, double expected) {
    private static final long UPDATE = 1_000_000;

    static boolean isOne(OnnxCase c) {
        return c.operator().equals("Adagrad")
                || c.operator().equals("Adam")
                || c.operator().equals("Momentum");
    }

    static String rule(OnnxCase c) {
        String rate = String.valueOf(c.input(0).single());
        String alpha = c.attribute("alpha", 0);
        return switch (c.operator()) {
            case "Adagrad" -> "adagrad(lr = %s, eps = %s)".formatted(rate, c.attribute("epsilon", 0));
            case "Adam" ->
                "adam(lr = %s, beta1 = %s, beta2 = %s, eps = %s)"
                        .formatted(rate, alpha, c.attribute("beta", 0), c.attribute("epsilon", 0));
            default ->
                c.attribute("mode", "").equals("nesterov")
                        ? "nesterov(lr = %s, α = %s, shifted = true, rate_in_velocity = false)".formatted(rate, alpha)
                        : "momentum(lr = %s, α = %s, rate_in_velocity = false)".formatted(rate, alpha);
        };
    }

    static List<OnnxUpdate> of(OnnxCase c) {
        int kinds = c.operator().equals("Adam") ? 4 : 3;
        int tensors = (c.inputs().size() - 2) / kinds;
        var updates = new ArrayList<OnnxUpdate>();
        for (int tensor = 0; tensor < tensors; tensor++) {
            int first = 2 + tensor;
            for (int i = 0; i < c.input(first).count(); i++) {
                int at = i;
                List<Double> numbers = IntStream.range(0, kinds)
                        .mapToObj(kind -> c.input(first + kind * tensors).data()[at])
                        .toList();
                updates.add(new OnnxUpdate(
                        text(c, numbers.get(0), numbers.get(1)),
                        numbers.subList(2, kinds),
                        c.outputs().get(tensor).data()[i]));
            }
        }
        return updates;
    }

    private static String text(OnnxCase c, double parameter, double gradient) {
        return """
                model Point { weight p : f32[1] = [%s]  output value = sum(%s * p) + 0.5 * %s * sum(p^2) }
                train Update { model Point  loss value  optimizer %s  steps 1 }
                """.formatted(parameter, gradient, c.attribute("norm_coefficient", 0), rule(c));
    }

    double result() {
        Compilation compilation = Compiler.check(List.of(SourceFile.of("update.opt", text)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        TrainingSpec training = compilation.units().getFirst().trainings().getFirst();
        var run = new ReferenceRun(training);
        training.model().parameters().forEach(p -> run.memory().set(p, new double[] {start()}));
        List<StateSpec> declared = training.update().states();
        assertThat(declared).hasSameSizeAs(states);
        IntStream.range(0, states.size()).forEach(i -> run.memory().set(declared.get(i), states.get(i)));
        double[] hyperparameters = training.hyperparameters().stream()
                .mapToDouble(hyperparameter -> hyperparameter.value())
                .toArray();
        var inputs = run.inputs(1, 0, UPDATE, UPDATE, hyperparameters);
        run.run(ProgramRole.GRADIENT, inputs);
        run.run(ProgramRole.UPDATE, inputs);
        return Arrays.stream(run.memory().parameters()).findFirst().orElseThrow();
    }

    private double start() {
        return Double.parseDouble(text.replaceAll("(?s).*= \\[([^]]*)].*", "$1"));
    }
}
