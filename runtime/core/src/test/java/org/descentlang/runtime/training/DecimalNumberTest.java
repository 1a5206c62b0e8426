package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalNumberTest {
    @ParameterizedTest
    @CsvSource({"3e-4, 0.0003", "64, 64", "-0.5, -0.5", "1E+2, 100"})
    void readsWhatAFileCouldSay(String text, double value) {
        assertThat(DecimalNumber.of(text)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1d",
                "1f",
                "0x1p3",
                "NaN",
                "Infinity",
                "-Infinity",
                ".5",
                "5.",
                "+1",
                " 1",
                "1_000",
                "1e400",
                "٣"
            })
    void readsNothingElse(String text) {
        assertThat(DecimalNumber.of(text)).isEmpty();
    }
}
