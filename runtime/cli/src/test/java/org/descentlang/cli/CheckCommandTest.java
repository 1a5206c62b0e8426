package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRightFileIsSuccess() throws IOException {
        var file = write("a.opt", "package a\nfunction twice(x) = 2 * x\n");
        var run = CommandLineRun.of("check", file);
        assertThat(run).isEqualTo(new CommandLineRun(ExitStatus.SUCCESS, "no problems\n", ""));
        assertThat(CommandLineRun.of("check", file, "--json")).isEqualTo(new CommandLineRun(0, "", ""));
    }

    @Test
    void aWrongFileIsAMistake() throws IOException {
        var file = write("größe.opt", "package a\nfunction twice(x) = 2 *\n");
        var run = CommandLineRun.of("check", file);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error[D001]: ").contains("größe.opt:");
    }

    @Test
    void problemsAsJsonGoToStandardOutput() throws IOException {
        var file = write("a.opt", "package a\nfunction twice(x) = 2 *\n");
        var run = CommandLineRun.of("check", "--json", file);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"severity\":\"error\",\"code\":\"D001\",");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void problemsOnOneLineEach() throws IOException {
        var file = write("a.opt", "package a\nfunction twice(x) = 2 *\n");
        assertThat(CommandLineRun.of("check", "--lines", file).err().lines())
                .singleElement()
                .asString()
                .startsWith(file + ":[");
    }

    @Test
    void timingsNameThePhases() throws IOException {
        var file = write("a.opt", "package a\nfunction twice(x) = 2 * x\n");
        assertThat(CommandLineRun.of("check", file, "--timings").err()).containsPattern("parse +[0-9.]+ ms\n");
        assertThat(CommandLineRun.of("check", file, "--timings", "--json").out())
                .contains("{\"event\":\"timing\",\"phase\":\"parse\",\"milliseconds\":");
    }

    @Test
    void importsStayInTheSourceFolder() throws IOException {
        write("pom.xml", "");
        write("secret.opt", "password");
        write("opt/layers.opt", "import \"sub/net.opt\"\nfunction twice(x) = 2 * x\n");
        var inside = write("opt/sub/net.opt", "import \"../layers.opt\"\n");
        assertThat(CommandLineRun.of("check", inside).status()).isEqualTo(ExitStatus.SUCCESS);
        for (String path : new String[] {"../../secret.opt", folder + "/secret.opt", "nothing.opt", "\\u0000", ".."}) {
            var outside = write("opt/sub/outside.opt", "import \"" + path + "\"\n");
            var run = CommandLineRun.of("check", outside);
            assertThat(run.status()).as(path).isEqualTo(ExitStatus.MISTAKE);
            assertThat(run.err()).doesNotContain("password").doesNotContain("at org.");
        }
    }

    /** `/opt` is the home of much that is not the file's. */
    @Test
    void aFolderCalledOptCountsInAProjectOnly() throws IOException {
        write("opt/layers.opt", "function twice(x) = 2 * x\n");
        var inside = write("opt/sub/net.opt", "import \"../layers.opt\"\n");
        assertThat(CommandLineRun.of("check", inside).err())
                .contains("cannot import `../layers.opt`: it lies outside the source folder ");
        write("opt/sub/pom.xml", "");
        assertThat(CommandLineRun.of("check", inside).status()).isEqualTo(ExitStatus.MISTAKE);
        write("build.gradle.kts", "");
        Files.delete(folder.resolve("opt/sub/pom.xml"));
        assertThat(CommandLineRun.of("check", inside).status()).isEqualTo(ExitStatus.SUCCESS);
    }

    @Test
    void importsAreOptFilesOfAReadableSize() throws IOException {
        write("passwords.txt", "secret");
        assertThat(CommandLineRun.of("check", write("a.opt", "import \"passwords.txt\"\n"))
                        .err())
                .contains("only files that end in .opt are imported")
                .doesNotContain("secret");
        assertThat(CommandLineRun.of("check", Path.of("/dev/zero")).err())
                .isEqualTo("descent: /dev/zero: has more than 8,000,000 bytes\n");
        Files.createSymbolicLink(folder.resolve("endless.opt"), Path.of("/dev/zero"));
        assertThat(CommandLineRun.of("check", write("b.opt", "import \"endless.opt\"\n"))
                        .err())
                .contains("it lies outside the source folder ");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        assertThat(CommandLineRun.of("check", folder.resolve("none.opt")).err())
                .isEqualTo("descent: " + folder.resolve("none.opt") + ": there is no such file\n");
        assertThat(CommandLineRun.of("check", folder).err()).endsWith(": is a folder\n");
        Path latin = Files.write(folder.resolve("latin.opt"), new byte[] {(byte) 0xE9});
        assertThat(CommandLineRun.of("check", latin))
                .isEqualTo(new CommandLineRun(2, "", "descent: " + latin + ": is not UTF-8 text\n"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
