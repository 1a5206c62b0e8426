package org.descentlang.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.descentlang.runtime.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReplaces() throws IOException {
        Path file = folder.resolve("a/b/model");
        write(file, "one");
        assertThat(file).hasContent("one");
        write(file, "two");
        assertThat(file).hasContent("two");
        assertThat(names(folder.resolve("a/b"))).containsExactly("model");
    }

    /** Not those of a temporary file, 0600. */
    @Test
    void hasTheRightsOfAnyNewFile() throws IOException {
        Path plain = Files.createFile(folder.resolve("plain"));
        write(folder.resolve("model"), "one");
        assertThat(Files.getPosixFilePermissions(folder.resolve("model")))
                .isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void replacesRegularFilesOnly() throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/full"));
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("none"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        refused("folder", "there is a folder with that name");
        refused("linked", "there is a folder with that name");
        refused("nowhere", "that is a broken link");
        refused("device", "that is not a regular file");
        refused("pipe", "that is not a regular file");
        assertThat(Files.isSymbolicLink(folder.resolve("device"))).isTrue();
        assertThat(names(folder)).containsExactly("device", "folder", "linked", "nowhere", "pipe");
    }

    @Test
    void aLinkToAFileStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("of-today"), "one");
        Path link = Files.createSymbolicLink(folder.resolve("latest"), file);
        write(link, "two");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).hasContent("two");
    }

    @Test
    void saysBeforehandWhatCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        refused("file/model", folder.resolve("file") + " is in the way");
        refused("file/deep/model", "Not a directory");
        refused("n".repeat(256), "File name too long");
        refused("n".repeat(256) + "/model", "File name too long");
        assertThatThrownBy(() -> output("model").requireWritable(Long.MAX_VALUE))
                .hasMessageMatching(
                        ".*model: the model cannot be written: it needs 9,223,372,036,854,775,807 bytes, but only"
                                + " [0-9,]+ are free there");
        assertThat(names(folder)).containsExactly("file");
        output("new/model").requireWritable(10);
        assertThat(names(folder.resolve("new"))).isEmpty();
        output("n".repeat(255)).requireWritable(10);
    }

    /** A save that is killed leaves its draft: that of a process that is gone goes, that of one that lives stays. */
    @Test
    void cleansUpAfterTheDead() throws IOException {
        Path file = folder.resolve("model");
        Path living = Drafts.prepare(file);
        String[] parts = living.getFileName().toString().split("-");
        String prefix = parts[0] + "-" + parts[1] + "-";
        Files.createFile(living);
        Files.createFile(folder.resolve(prefix + "4194999-1-0.tmp"));
        Files.createFile(folder.resolve(prefix + parts[2] + "-1-0.tmp"));
        Files.createFile(folder.resolve(".descent-00000000-4194999-1-0.tmp"));
        write(file, "one");
        assertThat(names(folder))
                .containsExactlyInAnyOrder(
                        ".descent-00000000-4194999-1-0.tmp",
                        living.getFileName().toString(),
                        "model");
    }

    @Test
    void aWriteThatFailsLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("model");
        write(file, "one");
        assertThatThrownBy(() -> output("model").write(_ -> {
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UserException.class)
                .hasMessage(file + ": the model cannot be written: the disk is full");
        assertThat(file).hasContent("one");
        assertThat(names(folder)).containsExactly("model");
    }

    private void refused(String name, String reason) {
        String message = folder.resolve(name) + ": the model cannot be written: " + reason;
        assertThatThrownBy(() -> output(name).requireWritable(10))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> write(folder.resolve(name), "one"))
                .isInstanceOf(UserException.class)
                .hasMessage(message);
    }

    private OutputFile output(String name) {
        return OutputFile.of(folder.resolve(name), "the model");
    }

    private static void write(Path file, String text) {
        OutputFile.of(file, "the model")
                .write(channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> names(Path folder) throws IOException {
        assertThat(Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)).isTrue();
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
