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
     * Given classes are 0 1 1 0 1 1, right ones 0 1 1 2 1 0, and nothing is or is given class 3, so that of classes 0,
     * 1, 2 the hits are 1, 3, 0, those given 2, 4, 0 and those right 2, 3, 1.
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

    /** A model without an opinion has no hits but those of class 0, which is first among equals; NaN is never a hit. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "accuracy(equal, right)        ; 2",
                "top_k(equal, right, k = 1)    ; 0",
                "top_k(equal, right, k = 2)    ; 0",
                "top_k(equal, right, k = 3)    ; 4",
                "accuracy(nan, right)          ; 0",
                "top_k(nan, right, k = 1)      ; 0",
                "top_k(nan, right, k = 3)      ; 0",
                "f1(nan, right)                ; 0",
                "precision(nan, right)         ; 0",
                "recall(nan, right)            ; 0",
                "accuracy(tied, right)         ; 3", // 0 0 1 0
                "top_k(tied, right, k = 1)     ; 1", // ranks 2 1 2 3
                "top_k(tied, right, k = 2)     ; 3",
                "accuracy(extreme, right)      ; 4",
                "top_k(extreme, right, k = 1)  ; 4",
                "accuracy(partly, right)       ; 1",
                "top_k(partly, right, k = 1)   ; 1",
                "top_k(partly, right, k = 3)   ; 1",
            })
    void underTiesAndNan(String metric, int hits) {
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        int[] shape = {4, 3};
        var snippet = Snippet.of(metric)
                .input("equal", shape, 5, 5, 5, 0, 0, 0, -0.0, 0, 0, -1, -1, -1)
                .input("nan", shape, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan)
                .input("tied", shape, 2, 2, 1, 3, 1, 1, 0, 4, 4, 2, 2, 1)
                .input("extreme", shape, inf, 0, -inf, inf, -inf, -inf, 0, inf, -inf, -1e30, -inf, 1e30)
                .input("partly", shape, 1, nan, 0, nan, 1, 0, 0, 2, 1, 0, 1, nan)
                .index("right", new int[] {4}, 0, 0, 1, 2);
        assertThat(4 * snippet.result().single()).isCloseTo(hits, EXACTLY);
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

    /**
     * The mean of log(cosh(r)), whose derivative is tanh(r) / n; for great r that is |r| - log(2), where cosh
     * overflows.
     */
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

    /**
     * Of the scores a + bi for no, i = 0 .. 99, and a + b(i + 1/2) for yes, yes is above in 5050 of 10000 pairs,
     * whatever their scale; of those in one interval it is a half.
     */
    @ParameterizedTest
    @CsvSource({"1e-15, 0", "1e-6, 0", "0.01, 0", "1, 0", "1e3, 0", "1e15, 0", "1, -50", "1e-8, -5e-7", "1e12, -3e13"})
    void areaUnderTheCurveAtAnyScale(double step, double from) {
        double[] scores = new double[200];
        double[] target = new double[200];
        for (int i = 0; i < 100; i++) {
            scores[i] = from + step * i;
            scores[100 + i] = from + step * (i + 0.5);
            target[100 + i] = 1;
        }
        assertThat(area(scores, target)).isCloseTo(0.505, Offset.offset(2e-4));
        for (int i = 0; i < scores.length; i++) {
            scores[i] = -scores[i];
        }
        assertThat(area(scores, target)).isCloseTo(0.495, Offset.offset(2e-4));
    }

    @Test
    void areaUnderTheCurveAtSpecialPoints() {
        double[] target = {0, 1, 0, 1};
        assertThat(area(new double[] {0, -0.0, 0, 0}, target)).isEqualTo(0.5);
        assertThat(area(new double[] {-1e-30, 1e-30, -1e30, 1e30}, target)).isEqualTo(1);
        assertThat(area(new double[] {1e-30, -1e-30, 1e30, -1e30}, target)).isEqualTo(0);
        assertThat(area(new double[] {0, 1e-15, -1e-15, 1e-14}, target)).isEqualTo(1);
        assertThat(area(new double[] {0.1, 0.4, 0.35, 0.2}, target)).isEqualTo(0.75);
        assertThat(area(new double[] {0, Double.NaN, 0, 0}, target)).isNaN();
        assertThat(area(new double[] {0, Double.POSITIVE_INFINITY, 0, 0}, target))
                .isNaN();
    }

    private static double area(double[] scores, double[] target) {
        int[] shape = {scores.length};
        return Snippet.of("auc(x, y)")
                .input("x", shape, scores)
                .input("y", shape, target)
                .result()
                .single();
    }

    private static double quotient(String text) {
        String[] parts = text.split(" / ");
        return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
    }
}
