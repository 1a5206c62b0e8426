package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and gradients of the standard losses against PyTorch in double precision. */
class LossReferenceTest {
    private static JsonObject reference = new JsonObject();

    @BeforeAll
    static void read() throws IOException {
        var stream = Objects.requireNonNull(LossReferenceTest.class.getResourceAsStream("/reference/losses.json"));
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            reference = JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cross_entropy                      | logits     | labels        | cross_entropy(x, y)",
                "cross_entropy(label_smoothing=0.1) | logits     | labels        | cross_entropy(x, y, label_smoothing = 0.1)",
                "binary_cross_entropy_logits        | prediction | binary        | binary_cross_entropy(x, y)",
                "mse                                | prediction | target        | mse(x, y)",
                "mae                                | prediction | target        | mae(x, y)",
                "huber(delta=1)                     | prediction | target        | huber(x, y)",
                "smooth_l1(beta=0.5)                | prediction | target        | smooth_l1(x, y, beta = 0.5)",
                "hinge                              | prediction | sign          | hinge(x, y)",
                "kl_divergence(batchmean)           | prediction | probabilities | kl_divergence(x, y)",
                "focal(gamma=2)                     | logits     | labels        | focal(x, y)",
                "poisson_nll(log_input)             | prediction | target        | poisson_nll(x, abs(y))",
            })
    void equalsTheReference(String name, String x, String y, String expression) {
        JsonObject expected = reference.getAsJsonObject(name);
        assertThat(snippet(expression, x, y).result().single())
                .isCloseTo(expected.get("value").getAsDouble(), Offset.offset(1e-9));
        assertThat(snippet(expression, x, y).gradient("x").data())
                .containsExactly(numbers(expected.get("grad")), Offset.offset(1e-9));
    }

    /** By PyTorch 2.13: `F.cross_entropy(x, y, ignore_index=-1, weight=[1, 2, 0.5], label_smoothing=0.1)` and less. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ignore = -1 | 0.4943336672492229 | 0.049772954061130394 0.011105847210720464",
                "ignore = -1, weights = [1, 2, 0.5] | 0.4747292250962592 | 0.02133126602619874 0.004759648804594484",
                "ignore = -1, weights = [1, 2, 0.5], label_smoothing = 0.1 | 0.5914515740734604 "
                        + "| 0.014651625305882389 -0.013653350402411963",
            })
    void targetsMayCountNothingOrMore(String settings, double value, String slopes) {
        double[] scores = {0.3, -1.2, 2, 1, 0.5, -0.5, 0.2, 0.1, 0, -1, 2, 0.7};
        String loss = "cross_entropy(reshape(x, 2, 2, 3), reshape(y, 2, 2), %s)".formatted(settings);
        Snippet snippet =
                Snippet.of(loss).parameter("x", new int[] {4, 3}, scores).index("y", new int[] {4}, 2, -1, 0, 1);
        Snippet again =
                Snippet.of(loss).parameter("x", new int[] {4, 3}, scores).index("y", new int[] {4}, 2, -1, 0, 1);
        assertThat(snippet.result().single()).isCloseTo(value, Offset.offset(1e-12));
        double[] found = again.gradient("x").data();
        double[] first = Arrays.stream(slopes.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(Arrays.copyOf(found, 2)).containsExactly(first, Offset.offset(1e-12));
        assertThat(Arrays.copyOfRange(found, 3, 6)).containsOnly(0);
    }

    /** PyTorch has 0 / 0. */
    @org.junit.jupiter.api.Test
    void whereNoTargetCountsTheLossIsNothing() {
        assertThat(Snippet.of("cross_entropy(x, y, ignore = 0)")
                        .parameter("x", new int[] {1, 2}, 1, 2)
                        .index("y", new int[] {1}, 0)
                        .gradient("x")
                        .data())
                .containsOnly(0);
    }

    private static Snippet snippet(String expression, String x, String y) {
        JsonObject inputs = reference.getAsJsonObject("inputs");
        JsonElement first = inputs.get(x);
        JsonElement second = inputs.get(y);
        Snippet snippet = Snippet.of(expression).parameter("x", sizes(first), numbers(first));
        return y.equals("labels")
                ? snippet.index("y", sizes(second), numbers(second))
                : snippet.input("y", sizes(second), numbers(second));
    }

    private static int[] sizes(JsonElement node) {
        if (!node.isJsonArray()) {
            return new int[0];
        }
        int[] inner = sizes(node.getAsJsonArray().get(0));
        int[] sizes = new int[inner.length + 1];
        sizes[0] = node.getAsJsonArray().size();
        System.arraycopy(inner, 0, sizes, 1, inner.length);
        return sizes;
    }

    private static double[] numbers(JsonElement node) {
        return node.isJsonArray()
                ? StreamSupport.stream(node.getAsJsonArray().spliterator(), false)
                        .flatMapToDouble(element -> Arrays.stream(numbers(element)))
                        .toArray()
                : new double[] {node.getAsDouble()};
    }
}
