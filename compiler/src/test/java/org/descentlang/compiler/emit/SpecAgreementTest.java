package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.runtime.training.TrainingProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java made from the specs against the reference evaluator: losses, parameters and metrics over 25 steps. */
final class SpecAgreementTest {
    private static final int STEPS = 25;

    @ParameterizedTest
    @CsvSource({
        "digits.opt, DigitsTraining, 17",
        "own_rules.opt, OwnRules, 32",
        "ranks.opt, Ranks, 16",
        "penalty.opt, Penalty, 17",
        "blocks.opt, Blocks, 13",
        "recurrence.opt, Recurrence, 13",
        "race.opt, RavineMomentum, 1",
        "race.opt, RosenbrockAdam, 1"
    })
    void agreesWithTheReferenceEvaluator(String file, String name, int rows) {
        Compilation compilation = Specs.compile(file);
        TrainingSpec training = training(compilation, name);
        try (var run = GeneratedTraining.open(Specs.program(compilation, name), rows, 2)) {
            ReferenceSteps reference = run.reference(training);
            for (int i = 0; i < STEPS; i++) {
                run.scalars().draw = i;
                run.scalars().update = i + 1L;
                run.fill(rows, 10);
                double loss = run.gradient(rows);
                run.update();
                double expected = reference.step(rows, run.scalars());
                assertClose(loss, expected, "loss of step " + i);
            }
            assertClose(run.state().parameters(), reference.parameters(), "parameter");
            assertClose(run.state().running(), reference.running(), "running state");
            double[] found = run.evaluate(rows);
            double[] expected = reference.evaluate(rows, run.scalars());
            for (int i = 0; i < found.length; i++) {
                assertClose(found[i], expected[i], "result " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "digits.opt, DigitsTraining, 64",
        "own_rules.opt, OwnRules, 32",
        "ranks.opt, Ranks, 16",
        "penalty.opt, Penalty, 128",
        "blocks.opt, Blocks, 16",
        "recurrence.opt, Recurrence, 16",
        "race.opt, RosenbrockAdam, 1"
    })
    void bitsDoNotDependOnThreads(String file, String name, int rows) {
        TrainingProgram program = Specs.program(Specs.compile(file), name);
        assertThat(trained(program, rows, 1)).isEqualTo(trained(program, rows, 2));
    }

    private static float[] trained(TrainingProgram program, int rows, int threads) {
        try (var run = GeneratedTraining.open(program, rows, threads)) {
            run.steps(rows, STEPS);
            return run.state().parameters();
        }
    }

    private static void assertClose(float[] found, double[] expected, String what) {
        for (int i = 0; i < found.length; i++) {
            assertClose(found[i], expected[i], what + " " + i);
        }
    }

    private static void assertClose(double found, double expected, String what) {
        assertThat(found).as(what).isCloseTo(expected, Offset.offset(1e-4 * Math.max(1, Math.abs(expected))));
    }

    private static TrainingSpec training(Compilation compilation, String name) {
        return compilation.units().getFirst().trainings().stream()
                .filter(training -> training.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
