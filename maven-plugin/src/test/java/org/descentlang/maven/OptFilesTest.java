package org.descentlang.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptFilesTest {
    @TempDir
    Path project;

    @BeforeEach
    void files() throws IOException {
        for (var name :
                List.of("src/opt/b.opt", "src/opt/a.opt", "src/opt/notes.txt", "src/opt/deep/c.opt", "src/x/d.opt")) {
            var file = project.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    @Test
    void allOptFilesSorted() {
        assertThat(files("src/opt").matching(List.of(), List.of())).isEqualTo(paths("a.opt", "b.opt", "deep/c.opt"));
    }

    @Test
    void patternsAreAnts() {
        assertThat(files("src/opt").matching(List.of("*.opt"), List.of("a*"))).isEqualTo(paths("b.opt"));
        assertThat(files("src/opt").matching(List.of("deep/"), List.of())).isEqualTo(paths("deep/c.opt"));
    }

    @Test
    void aFolderThatIsNotThereHasNone() {
        assertThat(files("nowhere").matching(List.of(), List.of())).isEmpty();
        assertThat(files("nowhere").importable(project)).isEmpty();
    }

    @Test
    void importsStayInsideTheNearestFolderCalledOpt() {
        assertThat(files("src/opt/deep").importable(project)).isEqualTo(paths("../a.opt", "../b.opt", "c.opt"));
        assertThat(files("src/x").importable(project)).isEqualTo(paths("d.opt"));
        assertThat(files("src/opt/deep").importable(project.resolve("src/opt/deep")))
                .isEqualTo(paths("c.opt"));
    }

    private OptFiles files(String directory) {
        return new OptFiles(project.resolve(directory));
    }

    private static List<Path> paths(String... names) {
        return List.of(names).stream().map(Path::of).toList();
    }
}
