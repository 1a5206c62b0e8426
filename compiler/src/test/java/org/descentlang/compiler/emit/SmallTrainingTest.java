package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.thread.Team;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is emitted for two small layers, as text and as numbers. */
final class SmallTrainingTest {
    @Test
    void kernels() {
        Golden.assertSame("SmallTrainingKernels.java.txt", text(7, "samples/small/SmallTrainingKernels.java"));
    }

    @Test
    void step() {
        Golden.assertSame("SmallTrainingStep.java.txt", text(7, "samples/small/SmallTrainingStep.java"));
    }

    @Test
    void places() {
        Golden.assertSame("SmallTrainingPlaces.java.txt", text(7, "samples/small/SmallTrainingPlaces.java"));
    }

    @Test
    void gradient() {
        Golden.assertSame("SmallTrainingGradient.java.txt", text(7, "samples/small/SmallTrainingGradient.java"));
    }

    @Test
    void update() {
        Golden.assertSame("SmallTrainingUpdate.java.txt", text(7, "samples/small/SmallTrainingUpdate.java"));
    }

    @Test
    void program() {
        Golden.assertSame("SmallTrainingProgram.java.txt", text(7, "samples/small/SmallTrainingProgram.java"));
    }

    @Test
    void model() {
        Golden.assertSame("Small.java.txt", text(7, "samples/small/Small.java"));
    }

    @Test
    void parameters() {
        Golden.assertSame("SmallLayout.java.txt", text(7, "samples/small/SmallLayout.java"));
    }

    @Test
    void training() {
        Golden.assertSame("SmallTraining.java.txt", text(7, "samples/small/SmallTraining.java"));
    }

    @Test
    void plan() {
        var training = SmallTraining.training(7);
        Golden.assertSame("plan.txt", TrainingPlans.of(training).describe());
    }

    @Test
    void theTextIsTheSameEveryTime() {
        assertThat(emitted(7)).isEqualTo(emitted(7));
    }

    /** A batch of 0 rows is `full`: places in memory are then found when the run starts. */
    @ParameterizedTest
    @ValueSource(ints = {7, 0})
    void agreesWithTheReferenceEvaluator(int batch) {
        var program = GeneratedTraining.program(emitted(batch), "SmallTraining");
        var training = SmallTraining.training(batch);
        try (var run = GeneratedTraining.open(program, 7, 1)) {
            ReferenceSteps reference = run.reference(training);
            for (int i = 0; i < 25; i++) {
                run.scalars().draw = i;
                run.scalars().update = i + 1L;
                int rows = 1 + i % 7;
                run.fill(rows, 3);
                double loss = run.gradient(rows);
                run.update();
                double expected = reference.step(rows, run.scalars());
                assertThat(loss).isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-4 * Math.max(1, expected)));
            }
        }
    }

    @Test
    void aFullBatchThatNoArrayHasRoomForIsTheUsersMistake() {
        var program = GeneratedTraining.program(emitted(0), "SmallTraining");
        try (Team team = Team.of(1)) {
            assertThatThrownBy(() -> program.open(1 << 30, team))
                    .isInstanceOf(UserException.class)
                    .hasMessageMatching("a batch of examples would need an array of .* numbers, but .*");
        }
    }

    @Test
    void microBatchesAddUp() {
        var program = GeneratedTraining.program(emitted(7), "SmallTraining");
        try (var once = GeneratedTraining.open(program, 7, 1);
                var twice = GeneratedTraining.open(program, 7, 1)) {
            once.fill(7, 3);
            twice.fill(7, 3);
            once.gradient(7);
            once.update();
            twice.gradient(7);
            double norm = twice.gradientNorm();
            twice.step().sumGradients(1, true);
            twice.gradient(7);
            twice.step().sumGradients(1, false);
            twice.step().averageGradients(1);
            assertThat(twice.gradientNorm()).isCloseTo(2 * norm, org.assertj.core.data.Offset.offset(1e-5));
            twice.step().averageGradients(0.5);
            twice.update();
            assertThat(twice.state().parameters()).isEqualTo(once.state().parameters());
        }
    }

    @Test
    void anIncompleteMicroBatchCountsLess() {
        var program = GeneratedTraining.program(emitted(7), "SmallTraining");
        try (var run = GeneratedTraining.open(program, 7, 1)) {
            run.fill(7, 3);
            run.gradient(7);
            double norm = run.gradientNorm();
            run.step().sumGradients(1, true);
            run.gradient(7);
            run.step().sumGradients(0.25, false);
            run.step().averageGradients(1);
            assertThat(run.gradientNorm()).isCloseTo(1.25 * norm, org.assertj.core.data.Offset.offset(1e-5));
        }
    }

    @Test
    void theFirstOperationThatIsNotFiniteIsNamed() {
        var program = GeneratedTraining.program(emitted(7), "SmallTraining");
        try (var run = GeneratedTraining.open(program, 7, 1)) {
            run.fill(7, 3);
            run.gradient(7);
            assertThat(run.step().firstNonfinite(7, run.scalars())).isEmpty();
            run.step().floatInputs()[3] = Float.POSITIVE_INFINITY;
            run.gradient(7);
            assertThat(run.step().firstNonfinite(7, run.scalars())).startsWith("small.opt:1:1: hidden = image");
        }
    }

    private static List<JavaFile> emitted(int batch) {
        return JavaEmitter.emit(SmallTraining.unit(batch), _ -> "cpu", new Problems());
    }

    private static String text(int batch, String path) {
        return emitted(batch).stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
