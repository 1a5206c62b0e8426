package org.descentlang.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
                .startsWith("error[D015]: this file has more than 8,000,000 bytes\n  --> /dev/zero:1:1\n");
        Files.createSymbolicLink(folder.resolve("endless.opt"), Path.of("/dev/zero"));
        assertThat(CommandLineRun.of("check", write("b.opt", "import \"endless.opt\"\n"))
                        .err())
                .contains("it lies outside the source folder ");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        assertThat(CommandLineRun.of("check", "--lines", folder.resolve("none.opt"))
                        .err())
                .isEqualTo(folder.resolve("none.opt") + ":[1,1] D015: there is no such file\n");
        assertThat(CommandLineRun.of("check", folder).err()).endsWith(": there is no .opt file in this folder\n");
        assertThat(CommandLineRun.of("describe", folder).err())
                .startsWith("error[D015]: this is a folder, but a file is expected\n");
    }

    /** In any folder there may be a file of an older editor; the place is that of its first byte that is no UTF-8. */
    @Test
    void aFileThatCannotBeReadIsOneProblemAmongOthers() throws IOException {
        Path dead = Files.createSymbolicLink(folder.resolve("dead.opt"), folder.resolve("nothing"));
        Path latin =
                Files.write(folder.resolve("latin.opt"), "package a\n// schön\n".getBytes(StandardCharsets.ISO_8859_1));
        Path wide = Files.write(folder.resolve("wide.opt"), "package b\n".getBytes(StandardCharsets.UTF_16));
        Path cut = Files.write(folder.resolve("cut.opt"), new byte[] {'/', '/', (byte) 0xC3});
        Path wrong = write("wrong.opt", "package c\nfunction twice(x) = 2 *\n");
        write("right.opt", "package d\nfunction twice(x) = 2 * x\n");
        var run = CommandLineRun.of("check", "--lines", folder);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.err().lines().map(line -> line.replaceAll(" D001: .*", " D001")))
                .containsExactly(
                        cut + ":[1,3] D015: this is not UTF-8 text: it has the byte 0xC3 here",
                        dead + ":[1,1] D015: there is no such file",
                        latin + ":[2,7] D015: this is not UTF-8 text: it has the byte 0xF6 here",
                        wide + ":[1,1] D015: this is not UTF-8 text: it has the byte 0xFE here",
                        wrong + ":[2,24] D001");
        assertThat(CommandLineRun.of("compile", folder, "-d", folder.resolve("java"))
                        .status())
                .isEqualTo(ExitStatus.MISTAKE);
        assertThat(folder.resolve("java")).doesNotExist();
        assertThat(CommandLineRun.of("check", "--lines", write("user.opt", "import \"latin.opt\"\n"))
                        .err())
                .isEqualTo(latin + ":[2,7] D015: this is not UTF-8 text: it has the byte 0xF6 here\n");
    }

    /** Both would be written to the same path. */
    @Test
    void twoFilesThatMakeOneClassAreNamed() throws IOException {
        String net = "model Net(n = 2) { weight p : f32[n] = 1  output v = sum(p^2) }\n";
        String training = "package p\nimport \"net.opt\"\ntrain %s { model Net%s loss v optimizer sgd() steps 1 }\n";
        Path shared = write("net.opt", "package p\n" + net);
        Path one = write("one.opt", training.formatted("One", ""));
        Path two = write("two.opt", training.formatted("Two", ""));
        assertThat(CommandLineRun.of("check", shared, one, two))
                .isEqualTo(new CommandLineRun(0, "3 files, no problems\n", ""));
        var run = CommandLineRun.of("compile", "--no-vectors", "-d", folder.resolve("java"), shared, one, two);
        assertThat(run.out().lines().filter(line -> line.endsWith("/Net.java"))).hasSize(1);
        Path other = write("two.opt", training.formatted("Two", "(n = 3)"));
        var clash = CommandLineRun.of("check", "--lines", one, other);
        assertThat(clash.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(clash.err())
                .contains("D112: `model Net` of " + one + " and `model Net` of " + other
                        + " would both become the class `p.Net`");
        Path again = write("again.opt", training.formatted("ONE", ""));
        assertThat(CommandLineRun.of("compile", "-d", folder.resolve("java"), one, again)
                        .err())
                .contains("`train One` of " + one + " and `train ONE` of " + again
                        + " would both become the class `p.ONE`");
        assertThat(CommandLineRun.of(
                                "check",
                                one,
                                write("away.opt", training.formatted("One", "").replace("package p", "package q")))
                        .status())
                .isEqualTo(ExitStatus.SUCCESS);
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
