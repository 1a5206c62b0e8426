package org.descentlang.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserTextTest {
    @Test
    void showsTwentyCharactersOfACell() {
        assertThat(UserText.cell("root:x:0:0:root:/root:/bin/bash")).isEqualTo("root:x:0:0:root:/roo…");
        assertThat(UserText.cell("12345678901234567890")).isEqualTo("12345678901234567890");
        assertThat(UserText.cell("🙂".repeat(21))).isEqualTo("🙂".repeat(20) + "…");
    }

    @Test
    void escapesWhatATerminalWouldObeyOrHide() {
        assertThat(UserText.visible("größe 数 🙂")).isEqualTo("größe 数 🙂");
        assertThat(UserText.visible("a\u001b[31m\n\u202eb\u0085")).isEqualTo("a\\u001b[31m\\u000a\\u202eb\\u0085");
        assertThat(UserText.visible("\ud800")).isEqualTo("\\ud800");
        assertThat(UserText.visible("\udb40\udc41")).isEqualTo("\\U000e0041");
    }

    @Test
    void countsInWords() {
        assertThat(UserText.counted(1, "step")).isEqualTo("1 step");
        assertThat(UserText.counted(0, "step")).isEqualTo("0 steps");
        assertThat(UserText.counted(2, "step")).isEqualTo("2 steps");
    }

    @Test
    void aMistakeIsSafeToPrint() {
        var mistake = UserException.in("a\u001b.csv", 3, "found \"\u0007\"");
        assertThat(mistake).hasMessage("a\\u001b.csv:3: found \"\\u0007\"");
        assertThat(mistake.reason()).isEqualTo("found \"\\u0007\"");
    }
}
