package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices in a JVM without TornadoVM; `runtime/tornado` tests those that are there. */
class DeviceOptionTest {
    private static final String BOWL = """
            package bowl
            model Bowl { weight p : f32[2] = [1.0, 2.0]  output value = sum(p^2) }
            train Fit { model Bowl  loss value  optimizer sgd(lr = 0.1)  steps 3  device DEVICE }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aDeviceThatIsNotThereEndsTheRunAtItsClause() throws IOException {
        var run = CommandLineRun.of("train", file("gpu"), "--out", folder.resolve("x.descent"));
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.err())
                .startsWith("error[D402]: there is no device gpu\n")
                .contains(
                        "bowl.opt:3:",
                        "^^^^^^^^^^ TornadoVM was not found, so there is only the CPU\n",
                        "= help: install TornadoVM and a driver, and set TORNADOVM_HOME: see docs/tornadovm.md");
        assertThat(folder.resolve("x.descent")).doesNotExist();
    }

    @Test
    void theOptionReplacesTheClause() throws IOException {
        Path model = folder.resolve("x.descent");
        assertThat(CommandLineRun.of("train", file("\"1:0\""), "--device", "cpu", "--out", model)
                        .status())
                .isEqualTo(ExitStatus.SUCCESS);
        assertThat(model).isNotEmptyFile();
        var run = CommandLineRun.of("train", file("cpu"), "--device", "0:7", "--lines", "--out", model);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.err()).startsWith("--device:[1,1] D402: there is no device 0:7");
    }

    @Test
    void automaticIsTheCpuWhereThereIsNothingElse() throws IOException {
        var run = CommandLineRun.of("train", file("auto"), "--out", folder.resolve("x.descent"));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
    }

    @Test
    void aNameThatNoDeviceHasIsAMistake() throws IOException {
        for (String command : new String[] {"train", "compile"}) {
            var run = CommandLineRun.of(
                    command,
                    file("auto"),
                    "--device",
                    "tpu",
                    "--lines",
                    command.equals("train") ? "--out" : "-d",
                    folder.resolve("out"));
            assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
            assertThat(run.err()).startsWith("--device:[1,1] D401: `tpu` is not a device");
        }
    }

    @Test
    void compilesForTheDeviceOfTheFileOrOfTheOption() throws IOException {
        assertThat(CommandLineRun.of("compile", file("gpu"), "-d", folder).out())
                .contains("FitDeviceKernels.java");
        assertThat(CommandLineRun.of("compile", file("gpu"), "-d", folder, "--device", "cpu")
                        .out())
                .doesNotContain("Device");
    }

    @Test
    void listsTheCpu() {
        var run = CommandLineRun.of("devices");
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(run.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("cpu  cpu  this Java, \\d+ threads  .*  trains, evaluates, predicts"),
                        line -> assertThat(line).isEqualTo("TornadoVM was not found: docs/tornadovm.md"),
                        line -> assertThat(line).isEqualTo("auto chooses cpu"));
    }

    private Path file(String device) throws IOException {
        return Files.writeString(folder.resolve("bowl.opt"), BOWL.replace("DEVICE", device));
    }
}
