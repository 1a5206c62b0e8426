package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The standard metrics against their definitions, worked out by hand; macro averages as scikit-learn takes them. */
class MetricTest {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

    /**
     * Given classes are 0 1 1 0 1 1, right ones 0 1 1 2 1 0, and nothing is or is given class 3, so that of classes 0, 1, 2 the
     * hits are 1, 3, 0, those given 2, 4, 0 and those right 2, 3, 1.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "accuracy(scores, right)     ; 4 / 6",
                "top_k(scores, right, k = 1) ; 4 / 6",
                "top_k(scores, right, k = 2) ; 5 / 6",
                "top_k(scores, right, k = 4) ; 6 / 6",
                "precision(scores, right)    ; 5 / 12", // (1/2 + 3/4 + 0) / 3
                "recall(scores, right)       ; 1 / 2", // (1/2 + 3/3 + 0/1) / 3
                "f1(scores, right)           ; 19 / 42", // (2/4 + 6/7 + 0/1) / 3
            })
    void ofClasses(String metric, String expected) {
        double[] scores = {
            5, 1, 2, 0,
            1, 4, 0, 2,
            0, 3, 1, 2,
            4, 1, 3, 0,
            0, 2, 1, 1,
            1, 4, 3, 2
        };
        var snippet = Snippet.of(metric)
                .input("scores", new int[] {6, 4}, scores)
                .index("right", new int[] {6}, 0, 1, 1, 2, 1, 0);
        assertThat(snippet.result().single()).isCloseTo(quotient(expected), EXACTLY);
    }

    /** Differences are -1/2, 0, 1; the squares of the target's from its mean 13/6 make up 7/6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"mae(x, y) ; 1 / 2", "rmse(x, y)^2 ; 5 / 12", "r2(x, y) ; -1 / 14", "r2(y, y) ; 1 / 1"})
    void ofNumbers(String metric, String expected) {
        var snippet = Snippet.of(metric).input("x", new int[] {3}, 1, 2, 4).input("y", new int[] {3}, 1.5, 2, 3);
        assertThat(snippet.result().single()).isCloseTo(quotient(expected), EXACTLY);
    }

    /** The mean of log(cosh(r)), whose derivative is tanh(r) / n; for great r that is |r| - log(2), where cosh overflows. */
    @Test
    void logCosh() {
        double[] r = {-2, -0.3, 0, 1.5, 800};
        double value = 0;
        double[] gradient = new double[r.length];
        for (int i = 0; i < r.length; i++) {
            value += (Math.abs(r[i]) < 100 ? Math.log(Math.cosh(r[i])) : r[i] - Math.log(2)) / r.length;
            gradient[i] = Math.tanh(r[i]) / r.length;
        }
        var loss =
                Snippet.of("log_cosh(x, y)").parameter("x", new int[] {5}, r).input("y", new int[] {5}, new double[5]);
        assertThat(loss.result().single()).isCloseTo(value, EXACTLY);
        assertThat(loss.gradient("x").data()).containsExactly(gradient, EXACTLY);
    }

    private static double quotient(String text) {
        String[] parts = text.split(" / ");
        return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    }
}
