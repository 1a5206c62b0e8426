package org.descentlang.compiler.train;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.op.TensorValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The standard library's update rules, run by the reference evaluator, against PyTorch and the formulas of their
 * papers.
 */
class OptimizerReferenceTest {
    private static final double TOLERANCE = 1e-9;

    /** PyTorch keeps the product of the momenta in single precision. */
    private static final double NADAM_TOLERANCE = 1e-6;

    /** What the reference calls a method, and how it is written in the language. */
    private static final Map<String, String> RULES = Map.ofEntries(
            entry("sgd(lr=0.01)", "sgd(lr = 0.01)"),
            entry("momentum(lr=0.01,alpha=0.9)", "momentum(lr = 0.01, α = 0.9)"),
            entry(
                    "sgd_torch_momentum(lr=0.01,momentum=0.9)",
                    "momentum(lr = 0.01, alpha = 0.9, rate_in_velocity = false)"),
            entry(
                    "sgd_torch_momentum(lr=0.01,momentum=0.9,dampening=0.1,weight_decay=0.01)",
                    "momentum(lr = 0.01, α = 0.9, dampening = 0.1, weight_decay = 0.01, coupled = true, rate_in_velocity = false)"),
            entry("nesterov(lr=0.01,alpha=0.9)", "nesterov(lr = 0.01, α = 0.9)"),
            entry(
                    "sgd_torch_nesterov(lr=0.01,momentum=0.9)",
                    "nesterov(lr = 0.01, α = 0.9, shifted = true, rate_in_velocity = false)"),
            entry("adagrad(lr=0.1,eps=1e-10)", "adagrad(lr = 0.1, eps = 1e-10)"),
            entry("adagrad_book(lr=0.1,delta=1e-7)", "adagrad(lr = 0.1, eps = 1e-7)"),
            entry("adadelta(lr=1.0,rho=0.9,eps=1e-6)", "adadelta(lr = 1.0, rho = 0.9, eps = 1e-6)"),
            entry("rmsprop(lr=0.01,rho=0.9,delta=1e-6)", "rmsprop(lr = 0.01, ρ = 0.9, eps = 1e-6)"),
            entry(
                    "rmsprop_torch(lr=0.01,alpha=0.99,eps=1e-8)",
                    "rmsprop(lr = 0.01, ρ = 0.99, eps = 1e-8, eps_in_root = false)"),
            entry(
                    "rmsprop_torch(lr=0.01,alpha=0.9,eps=1e-8,momentum=0.9,centered=true)",
                    "rmsprop_momentum(lr = 0.01, ρ = 0.9, α = 0.9, eps = 1e-8, eps_in_root = false, centered = true, rate_in_velocity = false)"),
            entry(
                    "rmsprop_nesterov(lr=0.001,rho=0.9,alpha=0.9,delta=1e-6)",
                    "rmsprop_nesterov(lr = 0.001, ρ = 0.9, α = 0.9, eps = 1e-6)"),
            entry("adam(lr=0.01,beta1=0.9,beta2=0.999,eps=1e-8)", "adam(lr = 0.01)"),
            entry(
                    "adam(lr=0.1,beta1=0.8,beta2=0.99,eps=1e-6)",
                    "adam(lr = 0.1, beta1 = 0.8, beta2 = 0.99, eps = 1e-6)"),
            entry("adam_l2(lr=0.01,weight_decay=0.1)", "adamw(lr = 0.01, weight_decay = 0.1, coupled = true)"),
            entry("amsgrad(lr=0.01)", "amsgrad(lr = 0.01)"),
            entry("adamw(lr=0.01,weight_decay=0.1)", "adamw(lr = 0.01, weight_decay = 0.1)"),
            entry("adamax(lr=0.01)", "adamax(lr = 0.01)"),
            entry("nadam(lr=0.01)", "nadam(lr = 0.01)"),
            entry("radam(lr=0.01)", "radam(lr = 0.01)"),
            entry("rprop(lr=0.01)", "rprop(lr = 0.01)"),
            entry(
                    "lion(lr=0.01,beta1=0.9,beta2=0.99,weight_decay=0.1)",
                    "lion(lr = 0.01, beta1 = 0.9, beta2 = 0.99, weight_decay = 0.1)"),
            entry(
                    "lars(lr=0.1,momentum=0.9,weight_decay=0.01,trust=0.001)",
                    "lars(lr = 0.1, α = 0.9, weight_decay = 0.01, trust = 0.001)"),
            entry("lamb(lr=0.01,weight_decay=0.1,eps=1e-6)", "lamb(lr = 0.01, weight_decay = 0.1, eps = 1e-6)"));

    private static final Map<String, String> OBJECTIVES =
            Map.of("ravine", """
            model Ravine {
                weight p : f32[2] = [-4.0, 1.5]
                output value = 0.5 * (p[0]^2 + 25 * p[1]^2)
            }
            train Test { model Ravine loss value %s }
            """, "rosenbrock", """
            model Rosenbrock {
                weight p : f32[2] = [-1.2, 1.0]
                output value = (1 - p[0])^2 + 100 * (p[1] - p[0]^2)^2
            }
            train Test { model Rosenbrock loss value %s }
            """, "saddle", """
            model Saddle {
                weight p : f32[2] = [1.0, 0.01]
                output value = p[0]^2 - p[1]^2 + 0.1 * p[1]^4
            }
            train Test { model Saddle loss value %s }
            """, "logistic", """
            function product(x : f32[batch, n], w : f32[n]) = sum(x * w, over = n)
            data Points {
                from "points.csv"
                x = columns(0 .. 3)
                y = column(4)
            }
            model Logistic {
                input  x : f32[batch, 4]
                weight p : f32[5] = [0.1, -0.1, 0.05, 0.0, 0.0]
                output z = product(x, p[0 .. 3]) + p[4]
            }
            train Test {
                model Logistic
                data  Points
                batch full
                loss  mean(maximum(z, 0) - y * z + log(1 + exp(-abs(z))))
                %s
            }
            """);

    static Stream<Arguments> runs() {
        JsonArray runs = Reference.read("optimizers.json").getAsJsonObject().getAsJsonArray("runs");
        return StreamSupport.stream(runs.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(run -> !run.get("optimizer").getAsString().startsWith("lbfgs"))
                .map(run -> Arguments.of(
                        run.get("objective").getAsString(),
                        run.get("optimizer").getAsString(),
                        run.getAsJsonArray("rows")));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("runs")
    void followsTheReference(String objective, String optimizer, JsonArray rows) {
        String objectiveText = Objects.requireNonNull(OBJECTIVES.get(objective));
        TrainingSpec spec =
                Compilation.training(objectiveText.formatted("optimizer " + RULES.get(optimizer) + " steps 100"));
        var training = new ReferenceTraining(spec, objective.equals("logistic") ? points() : Map.of(), 32);
        double tolerance = optimizer.startsWith("nadam") ? NADAM_TOLERANCE : TOLERANCE;
        int step = 0;
        for (JsonElement element : rows) {
            JsonObject row = element.getAsJsonObject();
            double loss = 0;
            for (; step < row.get("step").getAsInt(); step++) {
                loss = training.step();
            }
            double expectedLoss = row.get("loss_before").getAsDouble();
            assertThat(loss)
                    .as("loss before step " + step)
                    .isCloseTo(expectedLoss, offset(tolerance * Math.max(1, Math.abs(expectedLoss))));
            double[] expected = Reference.numbers(row.get("param"));
            double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertThat(training.parameter("p"))
                    .as("p after step " + step)
                    .containsExactly(expected, offset(tolerance * size));
        }
    }

    /**
     * Of a gradient that stays g, the second moment about the mean is ρ^t (1 - ρ^t) g² after t updates. It shrinks to
     * where a difference of moments has no digits left, and half the time the wrong sign.
     */
    @ParameterizedTest
    @ValueSource(strings = {"rmsprop(", "rmsprop_momentum(α = 0, "})
    void centredMomentsStayAboveZero(String rule) {
        TrainingSpec spec = Compilation.training("""
                model Line {
                    weight p : f32[2] = 0
                    output value = 1000 * p[0] + 0.1 * p[1]
                }
                train Test {
                    model Line
                    loss value
                    optimizer %slr = 1, ρ = 0.9, eps = 1e-30, eps_in_root = false, centered = true)
                    steps 100
                }
                """.formatted(rule));
        var training = new ReferenceTraining(spec, Map.of(), 1);
        double[] before = training.parameter("p");
        for (int t = 1; t <= 1000; t++) {
            training.step();
            double[] after = training.parameter("p");
            for (int i = 0; i < 2; i++) {
                double step = 1 / Math.sqrt(Math.pow(0.9, t) * (1 - Math.pow(0.9, t)));
                double tolerance = t < 150 ? 1e-6 * step : Double.MAX_VALUE;
                assertThat(before[i] - after[i]).as("update " + t).isCloseTo(step, offset(tolerance));
            }
            before = after;
        }
    }

    @Test
    void everyRuleOfTheReferenceButLbfgsIsWritten() {
        assertThat(runs().map(run -> run.get()[1]).distinct()).containsExactlyInAnyOrderElementsOf(RULES.keySet());
    }

    private static Map<String, TensorValue> points() {
        JsonObject data = Reference.read("optimizers.json").getAsJsonObject().getAsJsonObject("logistic_data");
        return Map.of(
                "x", TensorValue.of(new int[] {32, 4}, Reference.numbers(data.get("x"))),
                "y", TensorValue.of(new int[] {32}, Reference.numbers(data.get("y"))));
    }
}
