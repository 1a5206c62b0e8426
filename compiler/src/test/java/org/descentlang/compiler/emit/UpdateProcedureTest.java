package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.training.StepArray;
import org.descentlang.runtime.training.StepBatch;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingProgram;
import org.junit.jupiter.api.Test;

/** Procedures of a test's own on generated steps, which know nothing of them. */
final class UpdateProcedureTest {
    private static final String ROSENBROCK = """
            model Rosenbrock {
                weight p : f32[2] = [-1.2, 1.0]
                output value = (1 - p[0])^2 + 100 * (p[1] - p[0]^2)^2
            }

            train Descent {
                model     Rosenbrock
                loss      value
                optimizer sgd(lr = 0.125)
                steps     10
            }
            """;

    /** The first steps of `armijo.py` beside the runtime's tests, as far as floats and doubles ask equally often. */
    @Test
    void aLineSearchAsksForTheLoss() {
        List<Integer> asked = new ArrayList<>();
        var result =
                new Trainer(program()).procedure(batch -> search(batch, asked)).train();
        assertThat(asked).containsExactly(11, 10, 11, 10, 10, 10, 10, 10, 10, 10);
        assertThat(result.state().parameters()[0]).isCloseTo(-1.01781f, within(1e-5f));
        assertThat(result.state().parameters()[1]).isCloseTo(1.03714f, within(1e-5f));
    }

    private static boolean search(StepBatch batch, List<Integer> asked) {
        double before = batch.gradient();
        float[] start = new float[2];
        float[] gradient = new float[2];
        batch.memory().read(StepArray.PARAMETERS, start);
        batch.memory().read(StepArray.GRADIENTS, gradient);
        double slope = -gradient[0] * gradient[0] - gradient[1] * gradient[1];
        int losses = 0;
        double length = 2;
        double loss;
        do {
            length /= 2;
            float[] trial = {(float) (start[0] - length * gradient[0]), (float) (start[1] - length * gradient[1])};
            batch.memory().write(StepArray.PARAMETERS, trial);
            loss = batch.loss();
            losses++;
        } while (loss > before + 1e-4 * length * slope);
        asked.add(losses);
        return true;
    }

    /**
     * Ten steps of 1/8 along the signs: from -1.2 the slope of x stays negative and that of y changes once it passes
     * x².
     */
    @Test
    void signsInPlaceOfGradients() {
        float[] gradient = new float[2];
        float[] expected = {-1.2f, 1};
        var result = new Trainer(program())
                .procedure(batch -> {
                    batch.gradient();
                    batch.memory().read(StepArray.GRADIENTS, gradient);
                    for (int i = 0; i < 2; i++) {
                        gradient[i] = Math.signum(gradient[i]);
                        expected[i] -= 0.125f * gradient[i];
                    }
                    batch.memory().write(StepArray.GRADIENTS, gradient);
                    batch.update();
                    return true;
                })
                .train();
        assertThat(result.state().parameters()).containsExactly(expected);
        assertThat(expected[1] * 8).isEqualTo((float) Math.rint(expected[1] * 8));
    }

    private static TrainingProgram program() {
        var compilation =
                Compiler.compile(List.of(SourceFile.of("rosenbrock.opt", ROSENBROCK)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        return Specs.program(compilation, "Descent");
    }
}
