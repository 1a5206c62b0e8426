package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes are there as long as a process runs, its shutdown hooks included, and gone with it. */
final class ClassFolderTest {
    @TempDir
    private Path parent = Path.of("");

    static final class Writing {
        private Writing() {}

        public static void main(String[] arguments) {
            ClassFolder given = ClassFolder.given().orElseThrow();
            given.deleteAtExit();
            given.write(Map.of("a.B", new byte[] {1}, "a.c.D", new byte[] {2}));
            Path written = given.folder().resolve("a/c/D.class");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(Files.exists(written))));
        }
    }

    @Test
    void goesAfterTheShutdownHooks() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(parent.resolve("classes"));
        Files.createFile(folder.resolve("arguments"));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Ddescent.classes=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writing.class.getName())
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("true");
        assertThat(process.waitFor()).isZero();
        assertThat(folder).doesNotExist();
    }
}
