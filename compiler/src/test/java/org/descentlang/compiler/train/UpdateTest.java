package org.descentlang.compiler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.pass.DeadCode;
import org.descentlang.description.ProgramRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parameters are updated together, with which numbers. */
class UpdateTest {
    private static final String MODEL = """
            model Three {
                weight w : f32[3] = 1
                bias   b : f32[2] = 2
                weight v : f32[32] = 3
                output value = sum(w^2) / 2 + sum(b^2) / 2 + sum(v^2) / 2
            }
            """;

    @Test
    void parametersWithEqualNumbersFormOneGroupAlignedOnesFirst() {
        TrainingSpec spec = training("sgd(lr = 0.1)");
        assertThat(spec.update().groups()).extracting(UpdateGroup::name).containsExactly("main");
        assertThat(paths(spec, "main")).containsExactly("v", "w", "b");
    }

    @Test
    void aRulesOwnDefaultsMakeAGroup() {
        TrainingSpec spec = training("adamw(lr = 0.1, weight_decay = 0.5)");
        assertThat(paths(spec, "main")).containsExactly("v", "w");
        assertThat(paths(spec, "bias_gain")).containsExactly("b");
        assertThat(values(spec))
                .containsEntry("optimizer.weight_decay", 0.5)
                .containsEntry("optimizer.bias_gain.weight_decay", 0.0);
    }

    @Test
    void whatIsWrittenWhereTheRuleIsUsedGoesFirst() {
        TrainingSpec spec = training("adamw(lr = 0.1) { for bias { weight_decay = 0.3 } for v { lr = 0.2 } }");
        assertThat(paths(spec, "main")).containsExactly("w");
        assertThat(paths(spec, "v")).containsExactly("v");
        assertThat(paths(spec, "bias")).containsExactly("b");
        assertThat(values(spec))
                .containsEntry("optimizer.bias.weight_decay", 0.3)
                .containsEntry("optimizer.v.lr", 0.2)
                .doesNotContainKey("optimizer.bias_gain.weight_decay");
        assertThat(spec.update().states())
                .extracting(StateSpec::path)
                .containsExactly("m@main", "m@bias", "m@v", "v@main", "v@bias", "v@v");
    }

    @Test
    void eachGroupMovesByItsOwnNumbers() {
        var training = new ReferenceTraining(training("sgd(lr = 0.1) { for b { lr = 0.5 } }"), Map.of(), 1);
        training.step();
        assertThat(training.parameter("w")).containsExactly(new double[] {0.9, 0.9, 0.9}, offset(1e-12));
        assertThat(training.parameter("b")).containsExactly(new double[] {1, 1}, offset(1e-12));
    }

    @Test
    void aScheduleDrivesTheNumberOfEveryGroup() {
        TrainingSpec spec = training("sgd(lr = 0.1) { for b { lr = 0.5 } }", "schedule lr = cosine(to = 0)");
        assertThat(spec.schedules().getFirst().targets()).containsExactly("optimizer.lr", "optimizer.b.lr");
    }

    @Test
    void whatIsFrozenStaysAndCountsInNoNorm() {
        TrainingSpec spec = training("sgd(lr = 1) { freeze v, bias }", "clip global_norm(0.1)");
        assertThat(spec.update().frozen()).extracting(ParameterSpec::path).containsExactly("b", "v");
        assertThat(spec.program(ProgramRole.GRADIENT).outputs())
                .filteredOn(output -> output.sink() == Output.Sink.GRADIENT)
                .extracting(Output::name)
                .containsExactly("w");
        var training = new ReferenceTraining(spec, Map.of(), 1);
        training.step();
        assertThat(training.parameter("b")).containsExactly(2, 2);
        assertThat(training.parameter("w")[0]).isCloseTo(1 - 0.1 / Math.sqrt(3), offset(1e-12));
    }

    @Test
    void frozenLayersKeepTheirRunningState() {
        String text = """
                data D { from "d.csv"  x = columns(0 .. 3) }
                model M { input x : f32[batch, 4]  a = batch_norm(x)  output y = dense(batch_norm(a), 1) }
                train T { model M data D loss mean(y^2) optimizer sgd(lr = 0.1) { freeze a.* } batch 8 steps 3 }
                """;
        assertThat(Compilation.training(text).program(ProgramRole.GRADIENT).outputs())
                .filteredOn(output -> output.sink() == Output.Sink.RUNNING)
                .extracting(Output::name)
                .containsExactlyInAnyOrder("y.batch_norm.mean", "y.batch_norm.var");
    }

    /** Whose dropout is still at work, and whose running state is written and read in the program of the gradient. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a.*                                  ; 1 ; y.batch_norm.* ; a.encoder.batch_norm.*",
                "a.encoder.batch_norm.*               ; 2 ; y.batch_norm.* ; a.encoder.batch_norm.*",
                "*.batch_norm.mean, *.batch_norm.var  ; 2 ; ''             ; a.encoder.batch_norm.*, y.batch_norm.*",
                "a.encoder.batch_norm.mean            ; 2 ; a.encoder.batch_norm.var, y.batch_norm.* ; ''",
                "gain, bias                           ; 2 ; a.encoder.batch_norm.*, y.batch_norm.* ; ''",
                "a.encoder.dense.*                    ; 2 ; a.encoder.batch_norm.*, y.batch_norm.* ; ''"
            })
    void frozenLayersBehaveAsInInference(String frozen, int dropouts, String written, String normalising) {
        String text = """
                layer encoder(x : f32[batch, n]) : f32[batch, n] { return x |> batch_norm |> dense(n) |> dropout(0.5) }
                data D { from "d.csv"  x = columns(0 .. 3) }
                model M { input x : f32[batch, 4]  a = encoder(x)  output y = a |> dropout(0.5) |> batch_norm |> dense(1) }
                train T { model M data D loss mean(y^2) optimizer sgd(lr = 0.1) { freeze %s } batch 8 steps 3 }
                """.formatted(frozen);
        Program gradient = Compilation.training(text).program(ProgramRole.GRADIENT);
        assertThat(gradient.instructions().stream().filter(i -> i.op() instanceof Op.Random))
                .hasSize(dropouts);
        assertThat(gradient.outputs())
                .filteredOn(output -> output.sink() == Output.Sink.RUNNING)
                .extracting(Output::name)
                .containsExactlyInAnyOrderElementsOf(meanAndVariance(written));
        Program forward = DeadCode.remove(new Program(
                gradient.name(),
                gradient.instructions(),
                gradient.outputs().stream()
                        .filter(output -> output.sink() != Output.Sink.RUNNING)
                        .toList()));
        assertThat(forward.instructions().stream()
                        .map(Instruction::op)
                        .filter(Op.Read.class::isInstance)
                        .map(Op.Read.class::cast)
                        .filter(read -> read.storage() == Op.Storage.RUNNING)
                        .map(Op.Read::name))
                .containsExactlyInAnyOrderElementsOf(meanAndVariance(normalising));
    }

    private static List<String> meanAndVariance(String patterns) {
        return Stream.of(patterns.split(", "))
                .filter(pattern -> !pattern.isEmpty())
                .flatMap(pattern -> pattern.endsWith("*")
                        ? Stream.of(pattern.replace("*", "mean"), pattern.replace("*", "var"))
                        : Stream.of(pattern))
                .toList();
    }

    @Test
    void equationsAreThoseOfTheBranchesTaken() {
        assertThat(training("nesterov").update().equations())
                .isEqualTo("state v = 0\ngradient at θ + α * v\nv ← α * v - lr * g\nθ ← θ + v");
    }

    @Test
    void theTargetOfAScheduleMayBeInAnyPart() {
        String text = """
                data D { from "d.csv"  x = columns(0 .. 3)  y = label(column(4), classes = 3) }
                model M { input x : f32[batch, 4]  body = x |> dropout(0.5)  output scores = dense(body, 3) }
                train T {
                    model     M
                    data      D
                    loss      cross_entropy(scores, y, label_smoothing = 0.1)
                    optimizer sgd
                    clip      global_norm(2.0)
                    schedule  body.dropout.rate = linear(to = 0.1)
                    schedule  label_smoothing = constant
                    schedule  max = linear(to = 1)
                    batch     8
                    epochs    2
                }
                """;
        assertThat(Compilation.training(text).schedules().stream().flatMap(schedule -> schedule.targets().stream()))
                .containsExactly("body.dropout.rate", "loss.label_smoothing", "clip.global_norm.max");
    }

    private static TrainingSpec training(String optimizer, String... clauses) {
        return Compilation.training(MODEL + "train T { model Three loss value steps 10 optimizer " + optimizer + " "
                + String.join(" ", clauses) + " }");
    }

    private static List<String> paths(TrainingSpec spec, String group) {
        return spec.update().groups().stream()
                .filter(candidate -> candidate.name().equals(group))
                .flatMap(found -> found.parameters().stream())
                .map(ParameterSpec::path)
                .toList();
    }

    private static Map<String, Double> values(TrainingSpec spec) {
        return spec.hyperparameters().stream()
                .collect(java.util.stream.Collectors.toMap(Hyperparameter::path, Hyperparameter::value));
    }
}
