package org.descentlang.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.descentlang.runtime.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFoldersTest {
    @TempDir
    Path root;

    private Path first;
    private Path second;
    private DataFolders folders;

    @BeforeEach
    void makeFolders() throws IOException {
        first = Files.createDirectories(root.resolve("first/data"));
        second = Files.createDirectories(root.resolve("second/data"));
        folders = DataFolders.of(root.resolve("first"), root.resolve("second"));
    }

    @Test
    void takesTheFirstFolderThatHasTheFile() throws IOException {
        Files.writeString(second.resolve("both.csv"), "2");
        assertThat(folders.find("data/both.csv"))
                .isEqualTo(second.resolve("both.csv").toRealPath());
        Files.writeString(first.resolve("both.csv"), "1");
        assertThat(folders.find("data/both.csv"))
                .isEqualTo(first.resolve("both.csv").toRealPath());
    }

    @Test
    void saysWhereItLooked() {
        assertThatThrownBy(() -> folders.find("data/none.csv"))
                .isInstanceOf(UserException.class)
                .hasMessage("data/none.csv: there is no such data file; looked in " + root.resolve("first") + ", "
                        + root.resolve("second"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/etc/passwd | /etc/passwd: a data path must be relative to the data folders, but this one is absolute",
                "data/../../x.csv | data/../../x.csv: a data path must stay inside the data folders, but this one contains `..`",
                "' ' | The data path is empty"
            })
    void refusesWhatLeadsOutside(String path, String message) {
        assertThatThrownBy(() -> folders.find(path))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThatThrownBy(() -> folders.find("a\0b"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is not a valid path");
    }

    @Test
    void refusesALinkThatLeadsOutside() throws IOException {
        Path outside = Files.writeString(root.resolve("secret.csv"), "1");
        Files.createSymbolicLink(first.resolve("link.csv"), outside);
        assertThatThrownBy(() -> folders.find("data/link.csv"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("data/link.csv: a symbolic link leads out of the data folder");
        Files.writeString(first.resolve("inside.csv"), "1");
        Files.createSymbolicLink(first.resolve("fine.csv"), first.resolve("inside.csv"));
        assertThat(folders.find("data/fine.csv"))
                .isEqualTo(first.resolve("inside.csv").toRealPath());
    }
}
