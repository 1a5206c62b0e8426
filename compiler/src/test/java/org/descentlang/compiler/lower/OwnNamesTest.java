package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a user declares comes before what the library has by the name, of whatever kind; the library keeps to its own.
 */
class OwnNamesTest {
    private static final Offset<Double> EXACTLY = Offset.offset(1e-12);

    /** `x` is -1, 2, 4: without the declaration the values would be others. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "layer relu(x : f32[n]) : f32[n] { return 10 * x } ; sum(relu(x)) ; 50",
                "layer relu(x : f32[n]) : f32[n] { return 10 * x } ; x |> relu |> sum ; 50",
                "function dropout(x, rate) = rate * x ; sum(dropout(x, 3)) ; 15",
                "loss silu(x : f32[n]) { return 10 * sum(x) } ; silu(x) ; 50",
                "metric relu(x : f32[n]) = 10 * sum(x) ; relu(x) ; 50",
                "function mse(x, y) = 7 ; mse(x, x) ; 7",
                "function exp(x) = 2 * x ; sum(exp(x)) ; 10",
                "function twice(f, x) = f(f(x)) function ten(x) = 10 * x ; sum(twice(ten, x)) ; 500",
                "function twice(relu, x) = relu(relu(x)) function ten(x) = 10 * x ; sum(twice(ten, x)) ; 500",
                "function f(x) { silu = ten return silu(x) } function ten(x) = 10 * x ; sum(f(x)) ; 50",
                "function mean(x) { mean = 3 return mean + sum(x) } ; mean(x) ; 8"
            })
    void comeFirst(String declarations, String expression, double value) {
        Snippet snippet = Snippet.of(declarations, expression).input("x", new int[] {3}, -1, 2, 4);
        assertThat(snippet.result().single()).isCloseTo(value, EXACTLY);
    }

    /** `cross_entropy` is made of `log_softmax` and `weighted_or_zero`: a helper of that name is no part of it. */
    @Test
    void areNotThoseOfTheLibrary() {
        String helpers = "function log_softmax(x) = x  function weighted_or_zero(a, b) = 0  layer relu(x : f32[n]) = x";
        var snippet = Snippet.of(helpers, "cross_entropy(scores, right)")
                .input("scores", new int[] {1, 2}, 0, 0)
                .index("right", new int[] {1}, 1);
        assertThat(snippet.result().single()).isCloseTo(Math.log(2), EXACTLY);
    }

    /** For first values initialisers come first, since nothing else can give them. */
    @Test
    void leaveFirstValuesToInitialisers() {
        String text = "function zeros(x) = 5 * x  init ones = 3"
                + "  layer own(x : f32[n]) : f32[n] { weight a : f32[n] = zeros  weight b : f32[n] = ones"
                + " return a + b + zeros(x) }";
        var snippet = Snippet.of(text, "own(x)").input("x", new int[] {1}, 2);
        assertThat(snippet.problems()).isEmpty();
        assertThat(snippet.registry().parameters())
                .extracting(parameter -> parameter.path() + " " + parameter.initial())
                .containsExactly("own.a Constant[value=0.0]", "own.b Constant[value=3.0]");
    }
}
