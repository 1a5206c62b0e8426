package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What `describe` predicts of a process beside what the kernel says it had. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux says in /proc how much memory a process had resident")
class ProcessMemoryTest {
    private static final String SMALL = """
            package small
            data Points {
                random x : f32[batch, 4] uniform(0, 1)
                random y : i32[batch] label(3)
                examples 512
                split train 100% seed 1
            }
            model Mlp { input x : f32[batch, 4]  output scores = x |> dense(16) |> relu |> dense(3) }
            train Small { model Mlp  data Points  loss cross_entropy(scores, y)  optimizer sgd(lr = 0.01)  batch 32  steps 5000 }
            """;

    private static final String LARGE = """
            package large
            model Wide { weight w : f32[3000, 3000] = normal(0, 0.02) }
            train Large { model Wide  loss l2(weights)  optimizer adam(lr = 1e-3)  steps 5 }
            """;

    private static final double TOLERANCE = 0.2;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aSmallModel() throws IOException, InterruptedException {
        assertPredicted(SMALL);
    }

    @Test
    void aLargeModel() throws IOException, InterruptedException {
        assertPredicted(LARGE);
    }

    private void assertPredicted(String text) throws IOException, InterruptedException {
        var source = SourceFile.of("model.opt", text);
        var training = Compiler.compile(List.of(source), CompilerOptions.DEFAULT)
                .units()
                .getFirst()
                .trainings()
                .getFirst();
        double predicted = ProcessMemory.of(training).bytes();
        assertThat((double) peak(text)).isCloseTo(predicted, within(TOLERANCE * predicted));
    }

    /** Bytes that a training has resident at most. */
    private long peak(String text) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("model.opt"), text);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-XX:+UseSerialGC",
                        "-Xmn64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        file.toString(),
                        "--out",
                        folder.resolve("model.descent").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, resident(process.pid()));
            Thread.sleep(20);
        }
        assertThat(process.exitValue()).isZero();
        return peak;
    }

    /** The most that a process had so far; 0 if it has ended. */
    private static long resident(long process) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }
}
