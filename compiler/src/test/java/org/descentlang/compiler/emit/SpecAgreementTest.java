package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.training.TrainingProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java made from the specs against the reference evaluator: losses, parameters and metrics over 25 steps. */
final class SpecAgreementTest {
    /** Until the vector kernels are compiled they allocate; on a busy machine the compiler thread may take its time. */
    private static final long WARM_UP_NANOS = 240_000_000_000L;

    private static final int STEPS = 25;

    @ParameterizedTest
    @CsvSource({
        "digits.opt, DigitsTraining, 17",
        "own_rules.opt, OwnRules, 32",
        "penalty.opt, Penalty, 17",
        "race.opt, RavineMomentum, 1",
        "race.opt, RosenbrockAdam, 1"
    })
    void agreesWithTheReferenceEvaluator(String file, String name, int rows) {
        Compilation compilation = compile(file);
        TrainingSpec training = training(compilation, name);
        try (var run = GeneratedTraining.open(program(compilation, name), rows, 2)) {
            ReferenceRun reference = run.reference(training);
            var step = run.step();
            for (int i = 0; i < STEPS; i++) {
                run.scalars().draw = i;
                run.scalars().update = i + 1L;
                run.fill(rows, 10);
                double loss = step.gradient(rows, false, run.scalars());
                step.update(1, run.scalars());
                double expected = reference.step(rows, step.floatInputs(), step.intInputs(), run.scalars());
                assertClose(loss, expected, "loss of step " + i);
            }
            assertClose(run.state().parameters(), reference.parameters(), "parameter");
            assertClose(run.state().running(), reference.running(), "running state");
            double[] found = new double[1 + training.metrics().size()];
            step.evaluate(rows, run.scalars(), found);
            double[] expected = reference.evaluate(rows, step.floatInputs(), step.intInputs(), run.scalars());
            for (int i = 0; i < found.length; i++) {
                assertClose(found[i], expected[i], "result " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "digits.opt, DigitsTraining, 64",
        "own_rules.opt, OwnRules, 32",
        "penalty.opt, Penalty, 128",
        "race.opt, RosenbrockAdam, 1"
    })
    void bitsDoNotDependOnThreads(String file, String name, int rows) {
        TrainingProgram program = program(compile(file), name);
        assertThat(trained(program, rows, 1)).isEqualTo(trained(program, rows, 2));
    }

    private static float[] trained(TrainingProgram program, int rows, int threads) {
        try (var run = GeneratedTraining.open(program, rows, threads)) {
            steps(run, rows, STEPS);
            return run.state().parameters();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "digits.opt, DigitsTraining, 64",
        "own_rules.opt, OwnRules, 32",
        "race.opt, RavineMomentum, 1",
        "race.opt, RosenbrockAdam, 1",
        "valley.opt, Valley, 1",
        "w1.opt, W1, 64",
        "w1.opt, W1Batch512, 32",
        "w5.opt, W5, 32",
        "w6.opt, W6Adam, 1",
        "w6.opt, W6AdamWClip, 1"
    })
    void aStepAllocatesNothing(String file, String name, int rows) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var run = GeneratedTraining.open(program(compile(file), name), rows, 1)) {
            run.fill(rows, 10);
            double[] results = new double[8];
            run.step().evaluate(rows, run.scalars(), results);
            long deadline = System.nanoTime() + WARM_UP_NANOS;
            long allocated;
            do {
                long before = threads.getCurrentThreadAllocatedBytes();
                steps(run, rows, 100);
                // As often: vectors are on the heap until HotSpot has compiled what computes with them.
                for (int i = 0; i < 100; i++) {
                    run.step().evaluate(rows, run.scalars(), results);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            } while (allocated > 0 && System.nanoTime() < deadline);
            assertThat(allocated).isZero();
        }
    }

    private static void steps(GeneratedTraining run, int rows, int count) {
        for (int i = 0; i < count; i++) {
            run.scalars().draw = i;
            run.scalars().update = i + 1L;
            run.step().gradient(rows, false, run.scalars());
            run.step().update(1, run.scalars());
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

    private static TrainingProgram program(Compilation compilation, String name) {
        return GeneratedTraining.program(compilation.javaFiles(), name);
    }

    private static TrainingSpec training(Compilation compilation, String name) {
        return compilation.units().getFirst().trainings().stream()
                .filter(training -> training.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Compilation compile(String file) {
        try (InputStream text = SpecAgreementTest.class.getResourceAsStream("/specs/" + file)) {
            String whole = new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
            // What is there to be large would take minutes here; what is there for devices, the library of devices.
            String source = whole.replace("f32[1000, 1000]", "f32[70, 70]")
                    .replace("65536", "4096")
                    .replace("device    gpu", "");
            var compilation = Compiler.compile(List.of(SourceFile.of(file, source)), CompilerOptions.DEFAULT);
            assertThat(compilation.problems()).isEmpty();
            return compilation;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
