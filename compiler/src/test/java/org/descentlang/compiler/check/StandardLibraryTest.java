package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StandardLibraryTest {
    @Test
    void everyFileOfTheFolderIsRead() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/std"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(StandardLibrary.NAMES.stream()
                            .map(name -> name + ".opt")
                            .toList());
        }
        assertThat(StandardLibrary.units()).hasSameSizeAs(StandardLibrary.NAMES);
    }
}
