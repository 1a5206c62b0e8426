package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it writes is built and trained by an integration test of the Maven plugin. */
class NewCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/tmp/x", "Flowers", "flow-ers", "1flower", "class", "java", "größe"})
    void aNameThatCannotBeAPackageIsRefused(String name) {
        var run = CommandLineRun.of("new", name);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.err()).startsWith("descent: `" + name + "` cannot be the name of a");
    }

    @Test
    void whatIsThereStays() throws IOException {
        Path there = Files.createDirectory(Path.of("therealready"));
        try {
            var run = CommandLineRun.of("new", "therealready");
            assertThat(run)
                    .isEqualTo(new CommandLineRun(
                            ExitStatus.MISTAKE, "", "descent: therealready already exists and was not changed\n"));
            assertThat(there).isEmptyDirectory();
        } finally {
            Files.delete(there);
        }
    }
}
