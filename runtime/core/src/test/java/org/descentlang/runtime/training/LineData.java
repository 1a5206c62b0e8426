package org.descentlang.runtime.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data of {@link LinearProgram}. */
final class LineData {
    private LineData() {}

    /** Ten examples of y = 3 x: x is 0.1, 0.2, …, 1. */
    static void write(Path folder) throws IOException {
        var text = new StringBuilder();
        for (int i = 1; i <= 10; i++) {
            text.append(i / 10.0).append(',').append(3 * i / 10.0).append('\n');
        }
        Files.writeString(folder.resolve("line.csv"), text);
    }
}
