package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalProgressTest {
    @Test
    void theBarTakesTheRoomThatIsLeft() {
        assertThat(TerminalProgress.line("epoch  1/40", 0.5, 34)).isEqualTo("epoch  1/40 ▕██████████          ▏");
        assertThat(TerminalProgress.line("epoch  1/40", 1, 24)).isEqualTo("epoch  1/40 ▕██████████▏");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        assertThat(TerminalProgress.line("epoch  1/40", 0.5, 23)).isEqualTo("epoch  1/40");
        assertThat(TerminalProgress.line("epoch  1/40", 0.5, 5)).isEqualTo("epoch");
    }
}
