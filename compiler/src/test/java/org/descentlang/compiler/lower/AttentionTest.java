package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.descentlang.compiler.model.ParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings of attention mean, against the same written out. */
final class AttentionTest {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

    private static double[] numbers(int count, int seed) {
        var random = new Random(seed);
        double[] numbers = new double[count];
        Arrays.setAll(numbers, _ -> random.nextGaussian());
        return numbers;
    }

    private static Snippet snippet(String expression) {
        return Snippet.of(expression)
                .input("q", new int[] {2, 3, 4, 2}, numbers(48, 1))
                .input("k", new int[] {2, 5, 2, 2}, numbers(40, 2))
                .input("v", new int[] {2, 5, 2, 2}, numbers(40, 3))
                .input("seen", new int[] {2, 5}, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1)
                .input("x", new int[] {2, 3, 8}, numbers(48, 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // heads 0 and 1 see the first key, 2 and 3 the second
                "attention(q, k, v)[.., .., 1, ..] | attention(q[.., .., 1 .. 1, ..], k[.., .., 0 .. 0, ..], v[.., .., 0 .. 0, ..])[.., .., 0, ..]",
                "attention(q, k, v)[.., .., 2, ..] | attention(q[.., .., 2 .. 2, ..], k[.., .., 1 .. 1, ..], v[.., .., 1 .. 1, ..])[.., .., 0, ..]",
                // the last query sees all keys, the first all but two
                "attention(q, k, v, causal = true)[.., 2, .., ..] | attention(q, k, v)[.., 2, .., ..]",
                "attention(q, k, v, causal = true)[.., 0, .., ..] "
                        + "| attention(q, k[.., 0 .. 2, .., ..], v[.., 0 .. 2, .., ..])[.., 0, .., ..]",
                "attention(q, k, v, mask = seen > 0)[0] "
                        + "| attention(q, concat(k[.., 0 .. 1, .., ..], k[.., 3 .., .., ..], along = 1), "
                        + "concat(v[.., 0 .. 1, .., ..], v[.., 3 .., .., ..], along = 1))[0]",
                "attention(q, k, v, scale = 0.5) | attention(q * sqrt(2) / 2, k, v)",
            })
    void isTheSameWrittenOut(String found, String expected) {
        assertThat(snippet(found).problems()).isEmpty();
        assertThat(snippet(found).result().data())
                .containsExactly(snippet(expected).result().data(), EXACTLY);
    }

    @Test
    void attentionToAMemoryHasProductsOfItsOwn() {
        Snippet snippet = snippet("multi_head_attention(x, heads = 4, kv_heads = 2, memory = reshape(v, 2, 5, 4))");
        assertThat(snippet.problems()).isEmpty();
        assertThat(snippet.registry().parameters())
                .extracting(ParameterSpec::path, p -> p.shape().toString())
                .contains(
                        org.assertj.core.api.Assertions.tuple("multi_head_attention.queries.dense.w", "[8, 8]"),
                        org.assertj.core.api.Assertions.tuple("multi_head_attention.keys.dense.w", "[4, 4]"),
                        org.assertj.core.api.Assertions.tuple("multi_head_attention.values.dense.w", "[4, 4]"));
        Snippet own = snippet("multi_head_attention(x, heads = 4, kv_heads = 1)");
        assertThat(own.problems()).isEmpty();
        assertThat(own.registry().parameters().getFirst().shape()).hasToString("[8, 12]");
    }

    /** Numbers of Vaswani et al. 2017, section 3.5, by hand. */
    @Test
    void placesAreSinesAndCosinesInTurn() {
        double[] found = Snippet.of("sinusoidal_positions(3, 4)").result().data();
        for (int place = 0; place < 3; place++) {
            double[] row = {Math.sin(place), Math.cos(place), Math.sin(place / 100.0), Math.cos(place / 100.0)};
            assertThat(Arrays.copyOfRange(found, 4 * place, 4 * place + 4)).containsExactly(row, EXACTLY);
        }
    }
}
