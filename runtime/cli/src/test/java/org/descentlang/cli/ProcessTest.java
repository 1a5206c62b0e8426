package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own: exit status, streams, signals. */
class ProcessTest {
    /** Minimises a plain function for longer than any test waits. */
    private static final String ENDLESS = """
            package endless
            model Bowl { weight p : f32[2] = [1.0, 2.0]  output value = sum(p^2) }
            train Endless { model Bowl  loss value  optimizer sgd(lr = 1e-9)  steps 100000000000 }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aMistakeHasItsOwnStatusAndNoTrace() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("größe.opt"), "train T {");
        var process = start("check", file.toString());
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(errors).contains("error[D", "größe.opt:1:").doesNotContain("Exception");
    }

    @Test
    void interruptedTrainingSavesWhatThereIs() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("endless.opt"), ENDLESS);
        Path model = folder.resolve("endless.descent");
        var process = start("train", file.toString(), "--json", "--out", model.toString());
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).startsWith("{\"event\":\"start\"");
            process.toHandle().destroy(); // SIGTERM, which is handled as Ctrl-C is
            assertThat(output.lines().toList()).last().asString().contains("\"end\":\"interrupted\"", "\"model\":");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            process.destroyForcibly();
        }
        assertThat(model).isNotEmptyFile();
    }

    /** Nothing but the evaluation of the test examples, one by one, takes long here. */
    @Test
    void aModelIsSavedBeforeItIsEvaluated() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("slow.opt"), """
                package slow
                data D { random x : f32[batch, 1] uniform(0, 1)  examples 20000000  split train 0.01%, test 99.99% }
                model M { input x : f32[batch, 1]  output z = dense(x |> dense(32) |> tanh, 1) }
                train Slow { model M  data D  loss mean(z^2)  optimizer sgd(lr = 1e-6)  batch 1  epochs 1000000 }
                """);
        Path model = folder.resolve("slow.descent");
        var process = start("train", file.toString(), "--json", "--out", model.toString());
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).startsWith("{\"event\":\"start\"");
            process.toHandle().destroy();
            while (process.isAlive() && !Files.exists(model)) {
                Thread.sleep(10);
            }
            assertThat(process.isAlive()).as("still at work").isTrue();
            assertThat(model).isNotEmptyFile();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line);
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }
}
