package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The zip as a user has it: unpacked somewhere, with nothing of Maven's. */
@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "starts the script for sh")
class DistributionIT {
    private static final Path DIGITS = Samples.DIGITS.toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder = Path.of("");

    private Path script = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        Path home = Files.createDirectory(folder.resolve("place with spaces"));
        try (var zip = new ZipInputStream(Files.newInputStream(Path.of(System.getProperty("distribution"))))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = home.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.write(path, zip.readAllBytes());
                }
            }
        }
        try (Stream<Path> top = Files.list(home)) {
            script = top.findFirst().orElseThrow().resolve("bin/descent");
        }
    }

    @Test
    void worksWithoutACacheAndMakesOneThatLaterRunsUse() throws IOException, InterruptedException {
        assertThat(run(Map.of(), "check", DIGITS)).isEqualTo(new Run(0, "no problems\n", ""));
        Path cache = awaitCache();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("caches/descent"))))
                .isEqualTo("rwx------");
        assertThat(mainCameFromTheCache()).isTrue();
        assertThat(run(Map.of(), "check", DIGITS)).isEqualTo(new Run(0, "no problems\n", ""));

        Files.setPosixFilePermissions(folder.resolve("caches/descent"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(mainCameFromTheCache()).isFalse();
        Files.setPosixFilePermissions(folder.resolve("caches/descent"), PosixFilePermissions.fromString("rwx------"));

        Files.write(cache, new byte[1000]);
        assertThat(run(Map.of(), "check", DIGITS)).isEqualTo(new Run(0, "no problems\n", ""));
    }

    @Test
    void aFolderThatCannotBeMadeMeansNoCacheAndNoWord() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("caches"), "a file");
        assertThat(run(Map.of(), "check", DIGITS)).isEqualTo(new Run(0, "no problems\n", ""));
    }

    @Test
    void trainsWithoutTheJvmsWarning() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("caches"), "a file");
        Path file = Files.writeString(folder.resolve("bowl.opt"), """
                package bowl
                model Bowl { weight p : f32[2] = [1.0, 2.0]  output value = sum(p^2) }
                train Descend { model Bowl  loss value  optimizer sgd(lr = 0.1)  steps 10 }
                """);
        var run = run(Map.of(), "train", file, "--out", folder.resolve("bowl.descent"));
        assertThat(run.status()).isEqualTo(0);
        assertThat(run.err()).isEmpty();
        assertThat(folder.resolve("bowl.descent")).isNotEmptyFile();
    }

    private boolean mainCameFromTheCache() throws IOException, InterruptedException {
        var run = run(Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load"), "--version");
        return run.out().lines().anyMatch(line -> line.contains(Main.class.getName() + " source: shared objects file"));
    }

    private Path awaitCache() throws IOException, InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            try (Stream<Path> paths = Files.walk(folder.resolve("caches"), 3)) {
                var caches = paths.filter(path -> path.toString().endsWith("short"))
                        .flatMap(path -> Stream.of(path.toFile().listFiles()))
                        .toList();
                if (caches.size() == 1 && caches.getFirst().getName().endsWith(".aot")) {
                    return caches.getFirst().toPath();
                }
            } catch (java.nio.file.NoSuchFileException | java.io.UncheckedIOException e) {
                // Not begun, or one of its files has just gone.
            }
            Thread.sleep(200);
        }
        throw new AssertionError("no cache was made in " + PATIENCE);
    }

    private record Run(int status, String out, String err) {}

    private Run run(Map<String, String> environment, Object... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("/bin/sh", script.toString()));
        Stream.of(arguments).map(Object::toString).forEach(line::add);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("caches").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("TORNADOVM_HOME");
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Run(
                status, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
