package org.descentlang.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
        assertThat(CommandLineRun.of("check", folder).err()).endsWith(": there is no .opt file in this folder\n");
        assertThat(CommandLineRun.of("describe", folder).err()).endsWith(": is a folder, and one file is asked for\n");
        Path latin = Files.write(folder.resolve("latin.opt"), new byte[] {(byte) 0xE9});
        assertThat(CommandLineRun.of("check", latin))
                .isEqualTo(new CommandLineRun(2, "", "descent: " + latin + ": is not UTF-8 text\n"));
    }

    @Test
    void aFolderIsAllBelowIt() throws IOException {
        write("b/two.opt", "package b\nfunction twice(x) = 2 * x\n");
        write("a/one.opt", "package a\nfunction once(x) = 1 *\n");
        write("target/classes/made.opt", "nonsense");
        write(".git/kept.opt", "nonsense");
        write("a/data.csv", "nonsense");
        var run = CommandLineRun.of("check", "--lines", folder);
        assertThat(run.err().lines()).singleElement().asString().startsWith(folder.resolve("a/one.opt") + ":[");
        assertThat(CommandLineRun.of("check", folder.resolve("b"), folder.resolve("b/two.opt"))
                        .out())
                .isEqualTo("2 files, no problems\n");
    }

    @Test
    void aHyphenIsStandardInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("package a\nfunction twice(x) = 2 *\n".getBytes(UTF_8)));
            var run = CommandLineRun.of("check", "--lines", "-");
            assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
            assertThat(run.err()).startsWith("-:[");
            System.setIn(new ByteArrayInputStream("import \"none.opt\"\n".getBytes(UTF_8)));
            assertThat(CommandLineRun.of("check", "-").err()).contains("there is no such file");
            System.setIn(new ByteArrayInputStream("function twice(x) = 2 * x\n".getBytes(UTF_8)));
            assertThat(CommandLineRun.of("check", "-").out()).isEqualTo("no problems\n");
        } finally {
            System.setIn(before);
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
