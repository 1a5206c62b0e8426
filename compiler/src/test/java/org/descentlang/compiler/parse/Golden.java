package org.descentlang.compiler.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected text in a file. With {@code -Dgolden=overwrite} a difference is written there, and the test still fails. */
final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "parse");

    private Golden() {}

    static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void check(String file, String actual) {
        String expected = Files.exists(FOLDER.resolve(file)) ? read(file) : "";
        if (!actual.equals(expected) && "overwrite".equals(System.getProperty("golden"))) {
            write(file, actual);
            fail("%s was overwritten: read the difference before it is committed", file);
        }
        assertThat(actual).as(file).isEqualTo(expected);
    }

    private static void write(String file, String text) {
        try {
            Files.writeString(FOLDER.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
