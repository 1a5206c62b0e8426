package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DescribeCommandTest {
    @Test
    void saysAllThatDigitsMeans() throws IOException {
        assertThat(CommandLineRun.of("describe", Samples.DIGITS))
                .isEqualTo(new CommandLineRun(ExitStatus.SUCCESS, golden("describe-digits.txt"), ""));
    }

    @Test
    void saysWhatAnOverrideMeans() {
        var run = CommandLineRun.of("describe", Samples.DIGITS, "--set", "optimizer.lr=0.5");
        assertThat(run.out()).containsPattern("optimizer.lr +0.5 +lr >= 0\n");
        assertThat(CommandLineRun.of("describe", Samples.DIGITS, "--set", "epochs=300", "--set", "batch=32")
                        .out())
                .containsPattern("batch +32\n")
                .containsPattern("length +300 epochs\n");
        assertThat(CommandLineRun.of("describe", Samples.DIGITS, "--set", "batch=0.5")
                        .err())
                .startsWith(
                        "error[D311]: `batch` must be a whole number from 1 to 2147483647, not 0.5\n  --> --set:1:1\n");
        assertThat(CommandLineRun.of("describe", Samples.DIGITS, "--set", "optimizer.rl=0.5"))
                .isEqualTo(new CommandLineRun(ExitStatus.MISTAKE, "", """
                        error[D107]: there is no `optimizer.rl` to set; did you mean `optimizer.lr`?
                          --> --set:1:1
                           |
                         1 | optimizer.rl
                           | ^^^^^^^^^^^^
                        """));
    }

    @Test
    void holdsOverridesToWhatIsRequired() {
        assertThat(CommandLineRun.of("describe", Samples.DIGITS, "--set", "optimizer.beta1=1.5")
                        .err())
                .startsWith("error[D218]: `adamw` requires `0 <= beta1 < 1`, but `beta1` is 1.5\n  --> --set:1:1\n");
        assertThat(CommandLineRun.of("describe", Samples.DIGITS, "--set", "loss.label_smoothing=-5")
                        .err())
                .startsWith("error[D218]: `cross_entropy` requires `0 <= label_smoothing <= 1`, "
                        + "but `label_smoothing` is -5\n   --> --set:1:1\n")
                .doesNotContain("the number");
        for (String text : new String[] {"NaN", "Infinity", "1d", "0x1p3", "1e999"}) {
            assertThat(CommandLineRun.of("describe", Samples.DIGITS, "--set", "optimizer.lr=" + text))
                    .isEqualTo(new CommandLineRun(
                            ExitStatus.MISTAKE,
                            "",
                            "descent: --set optimizer.lr needs a number such as 64 or 3e-4, not \"" + text + "\"\n"));
        }
        for (String set : new String[] {"optimizer.lr=", "optimizer.lr"}) {
            assertThat(CommandLineRun.of("describe", Samples.DIGITS, "--set", set))
                    .isEqualTo(new CommandLineRun(
                            ExitStatus.MISTAKE,
                            "",
                            "descent: --set optimizer.lr needs a number, as in --set optimizer.lr=3e-4\n"));
        }
    }

    @Test
    void showsTheLibrarysOwnText() {
        var run = CommandLineRun.of("describe", "std.adamw");
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(run.out()).startsWith("// std/optimizers.opt, line ").contains("optimizer adamw(\n    lr = 1e-3, ");
        assertThat(CommandLineRun.of("describe", "std.admaw").err())
                .isEqualTo("descent: there is no std.admaw; did you mean std.adamw?\n");
    }

    @Test
    void listsTheLibraryWithALineEach() {
        var run = CommandLineRun.of("describe", "std");
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(run.out().lines())
                .contains("built in", "std/layers.opt", "std/optimizers.opt")
                .anyMatch(line -> line.matches("  where\\(condition, x, y\\) +x where the condition holds, else y"))
                .anyMatch(line -> line.matches("  optimizer adam\\(lr\\?, beta1\\?, beta2\\?, eps\\?\\) +Adam"))
                .anyMatch(line -> line.matches("  function silu\\(x\\) +`x \\* sigmoid\\(x\\)`, also called swish"));
        assertThat(run.out().lines().filter(line -> line.startsWith("  ")))
                .hasSizeGreaterThan(100)
                .allMatch(line -> line.strip().contains("  "), "has a text");
        assertThat(CommandLineRun.of("describe", "std.argmax").out()).contains("argmax(x, over?)");
    }

    @Test
    void showsThePlan() {
        var run = CommandLineRun.of("describe", Samples.DIGITS, "--plan");
        assertThat(run.out())
                .startsWith("train DigitsTraining\n\ngradient: ")
                .containsPattern("matmul +\\[batch, 64\\] \\[64, 256\\] to \\[batch, 256\\]\n")
                .containsPattern("arena +[0-9,]+ bytes; without reuse [0-9,]+ bytes\n");
    }

    private static String golden(String name) throws IOException {
        try (InputStream stream = DescribeCommandTest.class.getResourceAsStream("/" + name)) {
            assertThat(stream).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
