package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.model.ModelFile;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.RunState;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A generated training that goes on from a state writes the model file of one that never stopped, byte for byte:
 * dropout, running statistics, shuffle, schedule, accumulation with an incomplete last micro-batch (3 steps an epoch),
 * stall counts, the best epoch.
 */
final class ResumeTest {
    private static final String TEXT = """
            data Points {
                random x    : f32[batch, 6] uniform(-1, 1)
                random kind : i32[batch] label(3)
                examples 130
                split train 70%, validation 30% seed 1
            }

            model Net {
                input  x      : f32[batch, 6]
                body   = x |> dense(16) |> batch_norm |> relu |> dropout(0.3)
                output scores = dense(body, 3)
            }

            train Fitting {
                model      Net
                data       Points
                loss       cross_entropy(scores, kind)
                metric     accuracy(scores, kind)
                optimizer  OPTIMIZER
                schedule   lr = warmup(10 steps) then cosine(to = 1e-4)
                clip       global_norm(1.0)
                batch      8
                accumulate 4
                epochs     12
                stop       when validation.loss stalls for 5 epochs
                keep       best validation.accuracy
                seed       5
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "'adamw(lr = 2e-2, weight_decay = 0.01)', 1, 2",
        "'adamw(lr = 2e-2, weight_decay = 0.01)', 2, 1",
        "'nesterov(lr = 5e-2)', 2, 2"
    })
    void theModelFileIsTheSame(String optimizer, int threadsBefore, int threadsAfter) throws IOException {
        TrainingProgram program = program(optimizer);
        byte[] whole = model(program, trainer(program, threadsBefore).train());
        for (int step : new int[] {1, 7, 11, 12}) {
            stateAfter(step, program, threadsBefore).save(folder.resolve("run.state"));
            RunState state = RunState.load(folder.resolve("run.state"), program.description());
            byte[] resumed =
                    model(program, trainer(program, threadsAfter).resume(state).train());
            assertThat(resumed).as("after step %d", step).isEqualTo(whole);
        }
    }

    @Test
    void theModelFileOfAnotherProcessIsTheSame() throws IOException, InterruptedException {
        String optimizer = "adamw(lr = 2e-2, weight_decay = 0.01)";
        TrainingProgram program = program(optimizer);
        byte[] whole = model(program, trainer(program, 1).train());
        stateAfter(8, program, 1).save(folder.resolve("run.state"));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResumingMain.class.getName(),
                        folder.toString(),
                        optimizer)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(Files.readAllBytes(folder.resolve("other.descent"))).isEqualTo(whole);
    }

    /** What the other process does, with two threads. */
    static final class ResumingMain {
        private ResumingMain() {}

        public static void main(String[] arguments) {
            var folder = Path.of(arguments[0]);
            TrainingProgram program = program(arguments[1]);
            RunState state = RunState.load(folder.resolve("run.state"), program.description());
            save(
                    folder.resolve("other.descent"),
                    program,
                    trainer(program, 2).resume(state).train());
        }
    }

    private static RunState stateAfter(int step, TrainingProgram program, int threads) {
        var found = new RunState[1];
        Trainer trainer = trainer(program, threads);
        trainer.train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.steps() == step) {
                    found[0] = progress.state();
                    trainer.requestStop();
                }
            }
        });
        return found[0];
    }

    private byte[] model(TrainingProgram program, TrainingResult result) throws IOException {
        Path file = folder.resolve("model.descent");
        save(file, program, result);
        return Files.readAllBytes(file);
    }

    private static void save(Path file, TrainingProgram program, TrainingResult result) {
        ModelFile.save(
                file,
                program.description().model(),
                result.state().parameters(),
                result.state().running());
    }

    private static Trainer trainer(TrainingProgram program, int threads) {
        return new Trainer(program).threads(threads);
    }

    private static TrainingProgram program(String optimizer) {
        var source = SourceFile.of("points.opt", TEXT.replace("OPTIMIZER", optimizer));
        var compilation = Compiler.compile(List.of(source), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        return Specs.program(compilation, "Fitting");
    }
}
