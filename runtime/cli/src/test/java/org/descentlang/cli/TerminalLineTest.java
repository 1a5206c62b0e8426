package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalLineTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final TerminalLine line =
            new TerminalLine(new PrintStream(written, true, StandardCharsets.UTF_8), () -> 80);

    @Test
    void nothingIsLeftOfALongerLine() {
        line.accept("epoch 10/10  step loss 0.5000");
        line.accept("epoch 10/10");
        line.close();
        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("\repoch 10/10  step loss 0.5000\033[K\repoch 10/10\033[K" + System.lineSeparator());
    }

    @Test
    void theLastColumnStaysFree() {
        assertThat(line.getMaxRenderedLength()).isEqualTo(79);
    }
}
