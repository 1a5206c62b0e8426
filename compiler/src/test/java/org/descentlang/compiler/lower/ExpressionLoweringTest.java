package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions are worth, by the reference evaluator. */
class ExpressionLoweringTest {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

    /** `x` is [[1, -2, 3], [4, 5, -6]], `v` is [10, 20, 30], `i` is [2, 0]. */
    private static Snippet snippet(String expression) {
        return Snippet.of(expression)
                .input("x", new int[] {2, 3}, 1, -2, 3, 4, 5, -6)
                .input("v", new int[] {3}, 10, 20, 30)
                .index("i", new int[] {2}, 2, 0);
    }

    private static double[] numbers(String list) {
        return java.util.Arrays.stream(list.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x + v                           ; 11 18 33 14 25 24",
                "v - x                           ; 9 22 27 6 15 36",
                "x * 2                           ; 2 -4 6 8 10 -12",
                "-x / 2                          ; -0.5 1 -1.5 -2 -2.5 3",
                "x^2                             ; 1 4 9 16 25 36",
                "x mod 4                         ; 1 2 3 0 1 2",
                "x @ v                           ; 60 -40",
                "v @ transpose(x)                ; 60 -40",
                "v @ v                           ; 1400",
                "sum(x)                          ; 5",
                "mean(v)                         ; 20",
                "max(x)                          ; 5",
                "min(x)                          ; -6",
                "product(v)                      ; 6000",
                "variance(v)                     ; 66.66666666666667",
                "norm(v - 10)                    ; 22.360679774997898",
                "mean(x > 0)                     ; 0.6666666666666666",
                "max(1, v)                       ; 10 20 30",
                "min(v, 15)                      ; 10 15 15",
                "maximum(v, 25)                  ; 25 25 30",
                "clamp(x, -1, 2)                 ; 1 -1 2 2 2 -1",
                "where(x > 0, x, 0)              ; 1 0 3 4 5 0",
                "x[0, 1]                         ; -2",
                "x[1]                            ; 4 5 -6",
                "v - [1, 2, 3]                   ; 9 18 27",
                "[1, 2, 3] - v                   ; -9 -18 -27",
                "x * [[1, 0, 2], [0, 1, 0]]      ; 1 0 6 0 5 0",
                "x @ [1, 0, 1]                   ; 4 -2",
                "i + [1, 2]                      ; 3 2",
                "[v[0], 2 * v[1], 7]             ; 10 40 7",
                "norm([3, 4])                    ; 5",
                "[5] + v                         ; 15 25 35",
                "sum(x, over = 0)                ; 5 3 -3",
                "sum(x, over = (0, 1))           ; 5",
                "concat(x, x[0 .. 0], along = 0) ; 1 -2 3 4 5 -6 1 -2 3",
                "x[.., 0]                        ; 1 4",
                "x[.., 1 .. 2]                   ; -2 3 5 -6",
                "x[0 .. 0, 1 ..]                 ; -2 3",
                "x[-1]                           ; 4 5 -6",
                "x[.., -1]                       ; 3 -6",
                "x[.., -2 .. -1]                 ; -2 3 5 -6",
                "x[-2, .. -2]                    ; 1 -2",
                "reshape(x, 2, 3, 1)[.., -1, ..] ; 3 -6",
                "v[-3] + split(v, 3)[-1]         ; 40",
                "sum(x, over = -1)               ; 2 3",
                "sum(x, over = (-2, 1))          ; 5",
                "v[.. 1]                         ; 10 20",
                "split(v, 3)[1]                  ; 20",
                "one_hot(i, 3)                   ; 0 0 1 1 0 0",
                "gather(v, i)                    ; 30 10",
                "reshape(x, 3, 2)                ; 1 -2 3 4 5 -6",
                "transpose(x)                    ; 1 4 -2 5 3 -6",
                "flatten(x)                      ; 1 -2 3 4 5 -6",
                "zeros(2)                        ; 0 0",
                "ones(2) + 1                     ; 2 2",
                "float(i) + 0.5                  ; 2.5 0.5",
                "i + 1                           ; 3 1",
                "not (v > 15)                    ; 1 0 0",
                "v > 5 and v < 25                ; 1 1 0",
                "v == 10 or v == 30              ; 1 0 1",
                "l2(v)                           ; 700",
                "l1(x)                           ; 21",
                "count(x) * 2                    ; 12",
                "2 ^ 3 + 7 mod 4                 ; 11",
                "abs(-3) + sqrt(16) + sign(-2)   ; 6",
                "floor(2.7) + ceil(2.2)+round(3.5) ; 9",
                "relu(x)                         ; 1 0 3 4 5 0",
                "leaky_relu(x, slope = 0.5)      ; 1 -1 3 4 5 -3",
                "elu(x)                          ; 1 -0.8646647167633873 3 4 5 -0.9975212478233336",
                "softplus(0 * v)                 ; 0.6931471805599453 0.6931471805599453 0.6931471805599453",
                "silu(0 * v)                     ; 0 0 0",
                "gelu(v - 10)                    ; 0 10 20",
                "softmax(0 * v)                  ; 0.3333333333333333 0.3333333333333333 0.3333333333333333",
                "log_softmax(1000 * v)           ; -20000 -10000 0",
                "sum(softmax(x))                 ; 2",
                "x |> relu |> sum                ; 13",
                "maxout(reshape(x, 6), 2)        ; 1 4 5",
            })
    void isWorth(String expression, String expected) {
        assertThat(snippet(expression).result().data()).containsExactly(numbers(expected), EXACTLY);
    }

    @Test
    void keepsWhatIsReducedAsOne() {
        String rows = "function rows(x : f32[.., n]) = x - mean(x, over = n, keep = true)";
        assertThat(Snippet.of(rows, "rows(x)")
                        .input("x", new int[] {2, 2}, 1, 3, 5, 9)
                        .result()
                        .data())
                .containsExactly(-1, 1, -2, 2);
    }

    @Test
    void findsAxesByTheNamesOfDimensionsThroughCalls() {
        String text = "function outer(x : f32[a, b]) = sum(exp(inner(x)) - exp(x), over = a)\n"
                + "function inner(y : f32[.., a]) = y + 0 * sum(y, over = ..)";
        assertThat(Snippet.of(text, "outer(x)")
                        .input("x", new int[] {3, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                        .result()
                        .sizes())
                .containsExactly(3);
    }

    @Test
    void countsExamplesOfABatchWhenTheProgramRuns() {
        String text = "function per_example(x : f32[batch, n]) = sum(x) / count(batch)";
        assertThat(Snippet.of(text, "per_example(x)")
                        .field("x", new int[] {2}, 1, 2, 3, 4, 5, 6)
                        .result()
                        .single())
                .isEqualTo(7);
    }

    @Test
    void dividesSizesOfABatch() {
        String text = "function halves(x : f32[batch, n]) = reshape(x, batch * 2, n / 2)";
        assertThat(Snippet.of(text, "halves(x)")
                        .field("x", new int[] {4}, new double[12])
                        .result()
                        .sizes())
                .containsExactly(6, 2);
    }

    @Test
    void joinsAlongANamedAxis() {
        String text = "function join(a : f32[.., n], b : f32[.., m]) = concat(a, b, along = n)";
        assertThat(Snippet.of(text, "join(x, y)")
                        .input("x", new int[] {2, 1}, 1, 2)
                        .input("y", new int[] {2, 2}, 3, 4, 5, 6)
                        .result()
                        .data())
                .containsExactly(1, 3, 4, 2, 5, 6);
    }

    @Test
    void passesFunctionsOn() {
        String text = "function twice(x, f) = f(f(x))";
        assertThat(Snippet.of(text, "twice(x, exp)")
                        .input("x", new int[] {}, 0)
                        .result()
                        .single())
                .isCloseTo(Math.E, EXACTLY);
    }

    @Test
    void unrollsLoopsAndTakesBranchesWhenCompiling() {
        String text = "function power(x, n) {\n y = x\n for i in 2 .. n { y = y * x }\n"
                + " if n > 2 { return y } else { return -y }\n }";
        assertThat(Snippet.of(text, "power(x, 3) + power(x, 2)")
                        .input("x", new int[] {}, 3)
                        .result()
                        .single())
                .isEqualTo(18);
    }

    @Test
    void aSquareHasADerivativeAtNegativeNumbersAndAtZero() {
        assertThat(Snippet.of("sum(x^2)")
                        .parameter("x", new int[] {3}, -2, 0, 3)
                        .gradient("x")
                        .data())
                .containsExactly(-4, 0, 6);
    }

    @Test
    void aFailureIsReportedOnce() {
        Snippet snippet = Snippet.of("function f(x) = missing * x", "f(1) + f(2) * 3 - missing_too");
        assertThat(snippet.problems()).hasSize(2);
    }

    @Test
    void recursionThatDoublesEndsSoon() {
        Snippet snippet = Snippet.of("function f(x) = f(x + 1) * f(x - 1)", "f(0)");
        assertThat(snippet.problems()).hasSize(1);
    }

    @Test
    void aProgramThatDoublesWithEveryCallEndsSoon() {
        var text = new StringBuilder("function f0(x) = x + x\n");
        for (int i = 1; i < 40; i++) {
            text.append("function f%d(x) = f%d(f%d(x))\n".formatted(i, i - 1, i - 1));
        }
        Snippet snippet = Snippet.of(text.toString(), "f39(v)").input("v", new int[] {1}, 1);
        assertThat(snippet.problems())
                .singleElement()
                .extracting(p -> p.code().id())
                .isEqualTo("D213");
    }
}
