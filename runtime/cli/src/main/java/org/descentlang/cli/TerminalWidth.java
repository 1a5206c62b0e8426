package org.descentlang.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * How many columns the terminal has. The progress bar's own way to find out would put the system's reaction to Ctrl-C
 * in place of the JVM's, and training could not save what it has.
 */
final class TerminalWidth {
    private static final int USUAL = 80;

    private TerminalWidth() {}

    static int columns() {
        try {
            var size = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return columns(new String(size.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return USUAL; // not every system has stty
        }
    }

    /** @param size rows and columns, `24 80`; a terminal that does not know says 0 */
    static int columns(String size) {
        String[] numbers = size.strip().split(" ");
        int columns = numbers.length == 2 && numbers[1].matches("\\d{1,5}") ? Integer.parseInt(numbers[1]) : 0;
        return columns == 0 ? USUAL : columns;
    }
}
