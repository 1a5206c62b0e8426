package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts to be reviewed when they change. `-Ddescent.golden=overwrite` writes them anew, and fails all the same: what
 * was written wants to be read.
 */
final class Golden {
    private static final Path RESOURCES = Path.of("src/test/resources/emit");

    private Golden() {}

    static void assertSame(String name, String text) {
        if ("overwrite".equals(System.getProperty("descent.golden"))) {
            write(RESOURCES.resolve(name), text);
        }
        assertThat(text).as(name).isEqualTo(read("/emit/" + name));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(RESOURCES);
            Files.writeString(file, text);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        throw new AssertionError(file + " was written: read it, and run again without overwriting");
    }

    private static String read(String name) {
        try (InputStream text = Golden.class.getResourceAsStream(name)) {
            assertThat(text).as(name).isNotNull();
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
