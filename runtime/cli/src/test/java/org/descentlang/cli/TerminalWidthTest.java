package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalWidthTest {
    @ParameterizedTest
    @CsvSource({"50 132, 132", "0 0, 80", "'', 80", "stty: what?, 80"})
    void isThatOfTheTerminalOrTheUsualOne(String size, int columns) {
        assertThat(TerminalWidth.columns(size + "\n")).isEqualTo(columns);
    }
}
