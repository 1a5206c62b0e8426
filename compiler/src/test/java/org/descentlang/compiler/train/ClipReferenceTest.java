package org.descentlang.compiler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The standard library's clips, seen through `sgd(lr = 1)`, whose step is the clipped gradient. */
class ClipReferenceTest {
    private static final JsonObject REFERENCE = Reference.read("clipping.json").getAsJsonObject();

    /** PyTorch's global norm has 1e-6 added. */
    @ParameterizedTest
    @CsvSource({"global_norm(1.0),1e-6", "global_norm(100.0),1e-12", "value(0.5),1e-12", "parameter_norm(1.0),1e-12"})
    void followsTheReference(String clip, double tolerance) {
        JsonArray clipped = REFERENCE.getAsJsonObject(clip).getAsJsonArray("clipped");
        double[][] steps = steps(training("clip " + clip));
        for (int i = 0; i < 2; i++) {
            assertThat(steps[i]).containsExactly(Reference.numbers(clipped.get(i)), offset(tolerance));
        }
    }

    @Test
    void adaptiveKeepsGradientsInProportionToTheirParameters() {
        double[][] steps = steps(training("clip adaptive(ratio = 0.1)"));
        for (int i = 0; i < 2; i++) {
            assertThat(norm(steps[i])).isCloseTo(0.1 * norm(numbers("parameters", i)), offset(1e-12));
        }
    }

    @Test
    void clipsApplyInTheOrderWritten() {
        double[][] steps = steps(training("clip value(0.5) clip global_norm(0.1)"));
        assertThat(Math.hypot(norm(steps[0]), norm(steps[1]))).isCloseTo(0.1, offset(1e-12));
    }

    @Test
    void onlyReductionsOverOneParameterNeedAGroupForEach() {
        assertThat(training("clip global_norm(1.0)").update().groups())
                .extracting(UpdateGroup::name)
                .containsExactly("main");
        assertThat(training("clip parameter_norm(1.0)").update().groups())
                .extracting(UpdateGroup::name)
                .containsExactly("a", "b");
    }

    /** The loss is the inner product with the reference's gradients. */
    private static TrainingSpec training(String clips) {
        return Compilation.training("""
                model Linear {
                    weight a : f32[12] = %s
                    weight b : f32[5]  = %s
                    output value = %s
                }
                train T { model Linear loss value optimizer sgd(lr = 1) %s steps 1 }
                """.formatted(
                array("parameters", 0), array("parameters", 1), product("a", 0) + " + " + product("b", 1), clips));
    }

    private static double[][] steps(TrainingSpec spec) {
        var training = new ReferenceTraining(spec, java.util.Map.of(), 1);
        double[][] before = {
            training.parameter("a").clone(), training.parameter("b").clone()
        };
        training.step();
        double[][] after = {training.parameter("a"), training.parameter("b")};
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < before[i].length; j++) {
                before[i][j] -= after[i][j];
            }
        }
        return before;
    }

    private static String product(String parameter, int index) {
        double[] gradient = numbers("gradients", index);
        return java.util.stream.IntStream.range(0, gradient.length)
                .mapToObj(i -> "(" + gradient[i] + ") * " + parameter + "[" + i + "]")
                .collect(Collectors.joining(" + "));
    }

    private static String array(String kind, int index) {
        return Arrays.toString(numbers(kind, index));
    }

    private static double[] numbers(String kind, int index) {
        return Reference.numbers(REFERENCE.getAsJsonArray(kind).get(index));
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
    }
}
