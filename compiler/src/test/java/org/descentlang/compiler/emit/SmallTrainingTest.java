package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.pass.Pipeline;
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
    void model() {
        Golden.assertSame("Small.java.txt", text(7, "samples/small/Small.java"));
    }

    @Test
    void training() {
        Golden.assertSame("SmallTraining.java.txt", text(7, "samples/small/SmallTraining.java"));
    }

    @Test
    void plan() {
        var training = SmallTraining.training(7).mapPrograms(Pipeline::optimize);
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
            ReferenceRun reference = run.reference(training);
            for (int i = 0; i < 25; i++) {
                run.scalars().draw = i;
                run.scalars().update = i + 1L;
                int rows = 1 + i % 7;
                run.fill(rows, 3);
                double loss = run.step().gradient(rows, false, run.scalars());
                run.step().update(1, run.scalars());
                double expected = reference.step(
                        rows, run.step().floatInputs(), run.step().intInputs(), run.scalars());
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
                    .hasMessageMatching("a batch of examples would take an array of .* numbers, more than .*");
        }
    }

    @Test
    void microBatchesAddUp() {
        var program = GeneratedTraining.program(emitted(7), "SmallTraining");
        try (var once = GeneratedTraining.open(program, 7, 1);
                var twice = GeneratedTraining.open(program, 7, 1)) {
            once.fill(7, 3);
            twice.fill(7, 3);
            once.step().gradient(7, false, once.scalars());
            once.step().update(1, once.scalars());
            twice.step().gradient(7, false, twice.scalars());
            double norm = twice.step().gradientNorm();
            twice.step().gradient(7, true, twice.scalars());
            assertThat(twice.step().gradientNorm()).isCloseTo(2 * norm, org.assertj.core.data.Offset.offset(1e-5));
            twice.step().update(0.5, twice.scalars());
            assertThat(twice.state().parameters()).isEqualTo(once.state().parameters());
        }
    }

    @Test
    void anIncompleteMicroBatchCountsLess() {
        var program = GeneratedTraining.program(emitted(7), "SmallTraining");
        try (var run = GeneratedTraining.open(program, 7, 1)) {
            run.fill(7, 3);
            run.step().gradient(7, false, run.scalars());
            double norm = run.step().gradientNorm();
            run.scalars().weight = 0.25;
            run.step().gradient(7, true, run.scalars());
            assertThat(run.step().gradientNorm()).isCloseTo(1.25 * norm, org.assertj.core.data.Offset.offset(1e-5));
        }
    }

    @Test
    void theFirstOperationThatIsNotFiniteIsNamed() {
        var program = GeneratedTraining.program(emitted(7), "SmallTraining");
        try (var run = GeneratedTraining.open(program, 7, 1)) {
            run.fill(7, 3);
            run.step().gradient(7, false, run.scalars());
            assertThat(run.step().firstNonfinite(7, run.scalars())).isEmpty();
            run.step().floatInputs()[3] = Float.POSITIVE_INFINITY;
            run.step().gradient(7, false, run.scalars());
            assertThat(run.step().firstNonfinite(7, run.scalars())).startsWith("small.opt:1:1: hidden = image");
        }
    }

    private static List<JavaFile> emitted(int batch) {
        return JavaEmitter.emit(SmallTraining.unit(batch).mapPrograms(Pipeline::optimize), _ -> "cpu", new Problems());
    }

    private static String text(int batch, String path) {
        return emitted(batch).stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .text();
    }
}
