package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingResult;
import org.junit.jupiter.api.Test;

/** A model may be shared by threads: each answer is that of a thread alone, to the bit. */
final class SharedModelTest {
    private static final int THREADS = 4;
    private static final int CALLS = 20_000;

    private static final String SOURCE = """
            package shared
            data Flowers {
                random sizes   : f32[batch, 4] uniform(0, 1)
                random species : i32[batch]    label(3)
                examples 64
            }
            model SpeciesNet {
                input  sizes  : f32[batch, 4]
                output scores = sizes |> dense(16) |> batch_norm |> tanh |> dense(3)
            }
            train Species {
                model     SpeciesNet
                data      Flowers
                loss      cross_entropy(scores, species)
                optimizer sgd(lr = 0.1)
                batch     16
                epochs    2
            }
            """;

    @Test
    void threadsThatShareAModelGetTheAnswersOfOneAlone() throws Exception {
        Model model = Model.trained();
        float[][] examples = examples();
        float[][] expected = new float[examples.length][];
        for (int i = 0; i < examples.length; i++) {
            expected[i] = model.predict(examples[i]);
        }
        var tasks = new ArrayList<Callable<Integer>>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            tasks.add(() -> {
                int wrong = 0;
                for (int call = 0; call < CALLS; call++) {
                    int i = (first + 7 * call) % examples.length;
                    wrong += Arrays.equals(model.predict(examples[i]), expected[i]) ? 0 : 1;
                }
                return wrong;
            });
        }
        int wrong = 0;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var future : threads.invokeAll(tasks)) {
                wrong += future.get();
            }
        }
        assertThat(wrong).isZero();
    }

    /** One example to five: calls of different lengths disturb each other most. */
    private static float[][] examples() {
        var random = new SplittableRandom(1);
        float[][] examples = new float[64][];
        for (int i = 0; i < examples.length; i++) {
            examples[i] = new float[4 * (1 + i % 5)];
            for (int k = 0; k < examples[i].length; k++) {
                examples[i][k] = (float) random.nextDouble();
            }
        }
        return examples;
    }

    /** The generated class. */
    private record Model(Object instance, Method method) {
        static Model trained() throws ReflectiveOperationException {
            var compilation = Compiler.compile(List.of(SourceFile.of("shared.opt", SOURCE)), CompilerOptions.DEFAULT);
            assertThat(compilation.problems()).isEmpty();
            var loader = MemoryCompiler.compile(compilation.javaFiles());
            TrainingProgram program = GeneratedTraining.program(loader, "Species");
            Class<?> type = loader.loadClass("shared.SpeciesNet");
            Object instance = type.getMethod("of", TrainingResult.class)
                    .invoke(null, new Trainer(program).threads(1).train());
            return new Model(instance, type.getMethod("predict", float[].class));
        }

        float[] predict(float[] example) {
            try {
                return (float[]) method.invoke(instance, (Object) example);
            } catch (IllegalAccessException | InvocationTargetException exception) {
                throw new LinkageError(exception.getMessage(), exception);
            }
        }
    }
}
