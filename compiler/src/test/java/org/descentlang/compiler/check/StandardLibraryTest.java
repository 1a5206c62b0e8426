package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.descentlang.compiler.lower.Primitives;
import org.junit.jupiter.api.Test;

class StandardLibraryTest {
    @Test
    void everyFileOfTheFolderIsRead() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/std"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".opt")))
                    .containsExactlyInAnyOrderElementsOf(StandardLibrary.NAMES.stream()
                            .map(name -> name + ".opt")
                            .toList());
        }
        assertThat(StandardLibrary.units()).hasSameSizeAs(StandardLibrary.NAMES);
    }

    @Test
    void everyPrimitiveHasALineAndNothingElseHas() {
        var texts = StandardLibrary.primitives();
        assertThat(texts.keySet())
                .containsExactlyInAnyOrderElementsOf(Primitives.signatures().keySet());
        assertThat(texts)
                .hasEntrySatisfying(
                        "argmax", primitive -> assertThat(primitive.signature()).isEqualTo("argmax(x, over?)"));
        assertThat(texts.values())
                .allSatisfy(
                        primitive -> assertThat(primitive.text()).isNotBlank().hasSizeLessThan(80));
    }

    @Test
    void everythingInTheLibraryIsDocumented() {
        for (var unit : StandardLibrary.units()) {
            assertThat(unit.declarations())
                    .allSatisfy(declaration -> assertThat(declaration.doc())
                            .as(declaration.name().text())
                            .isPresent());
        }
    }
}
