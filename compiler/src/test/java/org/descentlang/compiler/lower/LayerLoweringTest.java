package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.op.Results;
import org.descentlang.description.Initializer;
import org.junit.jupiter.api.Test;

/** Layers where they are used: their parameters, state and numbers. */
class LayerLoweringTest {
    private static Snippet lowered(String declarations, String expression) {
        Snippet snippet = Snippet.of(declarations, expression).field("x", new int[] {4}, new double[12]);
        assertThat(snippet.problems()).isEmpty();
        return snippet;
    }

    @Test
    void usesAreNumberedInTheOrderOfThePipeline() {
        Snippet snippet = lowered("", "x |> dense(8) |> relu |> dense(2)");
        assertThat(snippet.registry().parameters())
                .extracting(ParameterSpec::path)
                .containsExactly("dense.w", "dense.b", "dense_2.w", "dense_2.b");
    }

    @Test
    void numbersOfLayersAreHyperparametersAtTheirPath() {
        Snippet snippet = lowered("", "x |> dropout(0.2) |> dropout");
        assertThat(snippet.registry().hyperparameters())
                .extracting(Hyperparameter::path, Hyperparameter::value, Hyperparameter::defaulted)
                .containsExactly(tuple("dropout.rate", 0.2, false), tuple("dropout_2.rate", 0.5, true));
    }

    @Test
    void aNumberThatALayerPassesOnStaysTheOuterLayers() {
        String text = "layer block(x : f32[.., n], rate = 0.3) : f32[.., n] { return x |> dropout(rate) }";
        assertThat(lowered(text, "block(x)").registry().hyperparameters())
                .extracting(Hyperparameter::path)
                .containsExactly("block.rate");
    }

    @Test
    void initialisersSeeTheShapeOfTheirParameter() {
        String text = "init scaled(gain) = normal(0, gain / sqrt(fan_in))";
        Snippet snippet = lowered(text, "x |> dense(9, init = scaled(3)) |> dense(1, init = he_uniform)");
        assertThat(snippet.registry().parameters().get(0).initial()).isEqualTo(new Initializer.Normal(0, 1.5));
        assertThat(snippet.registry().parameters().get(2).initial())
                .isEqualTo(new Initializer.Uniform(-Math.sqrt(6.0 / 9), Math.sqrt(6.0 / 9)));
    }

    @Test
    void initialisersAreNumbersListsOrDistributions() {
        String text = """
                layer all(x : f32[.., n]) : f32[.., n] {
                    weight a : f32[2, 2] = [[1, 2], [3, 4]]
                    weight b : f32[n]    = zeros
                    weight c : f32[n]    = constant(7)
                    weight d : f32[n, n] = orthogonal
                    weight e : f32[n]    = truncated_normal(0, 1)
                    weight f : f32[n]
                    return x
                }
                """;
        assertThat(lowered(text, "all(x)").registry().parameters())
                .extracting(ParameterSpec::initial)
                .containsExactly(
                        new Initializer.Values(java.util.List.of(1.0, 2.0, 3.0, 4.0)),
                        new Initializer.Constant(0),
                        new Initializer.Constant(7),
                        new Initializer.Orthogonal(1),
                        new Initializer.TruncatedNormal(0, 1, 2),
                        new Initializer.Constant(0));
    }

    @Test
    void describesItsUses() {
        assertThat(lowered("", "dense(x, 8)").registry().layers())
                .extracting(ModelSpec.LayerUse::path, ModelSpec.LayerUse::resultType)
                .containsExactly(tuple("dense", "f32[batch, 8]"));
    }

    @Test
    void dropoutKeepsTheMeanInTrainingAndDoesNothingInInference() {
        double[] ones = new double[3000];
        Arrays.fill(ones, 1);
        double[] dropped = Snippet.of("dropout(x, 0.2)")
                .field("x", new int[] {1000}, ones)
                .result()
                .data();
        assertThat(dropped).containsOnly(new double[] {0, 1.25}, Offset.offset(1e-12));
        assertThat(Arrays.stream(dropped).average().orElse(0)).isCloseTo(1, Offset.offset(0.05));
        assertThat(Snippet.inference("", "dropout(x, 0.2)")
                        .field("x", new int[] {1000}, ones)
                        .result()
                        .data())
                .containsOnly(1);
    }

    @Test
    void batchNormNormalisesTheBatchAndRemembersIt() {
        Snippet snippet = Snippet.of("batch_norm(x, eps = 0)").field("x", new int[] {1}, 1, 2, 3);
        Results results = snippet.results();
        assertThat(results.output(Sink.RESULT, "loss").data())
                .containsExactly(new double[] {-Math.sqrt(1.5), 0, Math.sqrt(1.5)}, Offset.offset(1e-12));
        assertThat(results.output(Sink.RUNNING, "batch_norm.mean").data())
                .containsExactly(new double[] {0.2}, Offset.offset(1e-12));
        assertThat(results.output(Sink.RUNNING, "batch_norm.var").data())
                .containsExactly(new double[] {1}, Offset.offset(1e-12));
        assertThat(snippet.registry().running())
                .extracting(RunningSpec::path, RunningSpec::initial)
                .containsExactly(tuple("batch_norm.mean", 0.0), tuple("batch_norm.var", 1.0));
    }

    @Test
    void layerNormNormalisesEachExample() {
        assertThat(Snippet.of("layer_norm(x, eps = 0)")
                        .input("x", new int[] {2, 2}, 1, 3, 10, 30)
                        .result()
                        .data())
                .containsExactly(new double[] {-1, 1, -1, 1}, Offset.offset(1e-12));
    }
}
