package org.descentlang.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "lose, loss|metric|model, loss",
        "imgae, image|mirage, image",
        "Image, image, image",
        "wieght, weight|bias, weight",
        "learning_rate, lr|eps, lr",
        "wd, lr|weight_decay, weight_decay",
        "bat, cat|bar, bar",
        "unit, init|units, units",
        "colums, column|columns, columns",
        "val, train|validation, validation",
        "batch_size, bias|batch, batch",
    })
    void findsTheNearestWord(String word, String known, String expected) {
        assertThat(Suggestion.nearest(word, List.of(known.split("\\|")))).contains(expected);
        assertThat(Suggestion.didYouMean(word, List.of(known.split("\\|"))))
                .isEqualTo("; did you mean `" + expected + "`?");
    }

    @ParameterizedTest
    @CsvSource({"x, y|z", "momentum, lr|eps", "loss, loss", "lorem, loss|model"})
    void saysNothingWhereNothingIsNear(String word, String known) {
        assertThat(Suggestion.nearest(word, List.of(known.split("\\|")))).isEmpty();
        assertThat(Suggestion.didYouMean(word, List.of(known.split("\\|")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', abc, 3", "abc, abc, 0", "abc, acb, 1", "kitten, sitting, 3", "ca, abc, 3"})
    void countsEdits(String a, String b, int expected) {
        assertThat(Suggestion.distance(a, b, 3)).isEqualTo(expected);
        assertThat(Suggestion.distance(b, a, 3)).isEqualTo(expected);
    }

    @Test
    void doesNotCompareVeryLongWords() {
        assertThat(Suggestion.nearest("a".repeat(100_000), List.of("a".repeat(99_999))))
                .isEmpty();
    }
}
