package org.descentlang.description;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource({"0.00001, 1e-5", "0.000012, 1.2e-5", "0.001, 0.001", "10, 10", "-3, -3", "1e30, 1e30"})
    void writesNumbersAsPeopleDo(double value, String text) {
        assertThat(NumberText.of(value)).isEqualTo(text);
        assertThat(Double.parseDouble(text)).isEqualTo(value);
    }
}
