package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    /** By hand: g = (p0, 25 p1), v = 0.9 v - 0.01 g. */
    @Test
    void followsMomentumDownTheRavine() {
        var run = CommandLineRun.of("evaluate", Samples.RACE, "RavineMomentum", "--steps", "2", "--json");
        assertThat(run.out().lines())
                .startsWith(
                        "{\"event\":\"step\",\"step\":1,\"loss\":36.125}",
                        "{\"event\":\"step\",\"step\":2,\"loss\":23.6611125}")
                .hasSize(4)
                .anyMatch(line -> line.startsWith("{\"event\":\"parameter\",\"path\":\"p\",\"values\":[-3.88"))
                .last()
                .asString()
                .startsWith("{\"event\":\"end\",\"end\":\"interrupted\",\"reason\":\"stopped at --steps, after 2 of ");
        assertThat(CommandLineRun.of("evaluate", Samples.RACE, "RavineMomentum", "--steps", "1")
                        .out())
                .startsWith("step 1  loss 36.125\np = [-3.96, 1.125]\nRavineMomentum: stopped at --steps, after 1 of ");
    }

    @Test
    void readsDataOfTheSample() {
        var run = CommandLineRun.of("evaluate", Samples.DIGITS, "--steps", "1");
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(run.out().lines().map(line -> line.replaceAll("[ =].*", "")))
                .containsExactly(
                        "step", "body.dense.w", "scores.dense.w", "body.dense.b", "scores.dense.b", "DigitsTraining:");
    }

    @Test
    void severalTrainingsNeedAName() {
        var run = CommandLineRun.of("evaluate", Samples.RACE);
        assertThat(run)
                .isEqualTo(new CommandLineRun(
                        ExitStatus.MISTAKE,
                        "",
                        "descent: " + Samples.RACE
                                + " has several `train`s; name one of RavineMomentum, RosenbrockAdam\n"));
        assertThat(CommandLineRun.of("evaluate", Samples.RACE, "Ravine").err())
                .contains("has no `train Ravine`; it has RavineMomentum, RosenbrockAdam");
    }

    /** A double holds the fourth loss, a float of a training does not: both stop there, or skip the step. */
    @Test
    void whatTrainingCannotHoldIsInfinite(@TempDir Path folder) throws IOException {
        String rest = "model Point  loss value  optimizer sgd(lr = 10)  steps 5";
        Path file = Files.writeString(folder.resolve("range.opt"), """
                model Point { weight p : f32[2] = [1, 1]  output value = sum(p^4) }
                train Walk { %1$s }
                train Skip { %1$s  on nonfinite skip }
                """.formatted(rest));
        assertThat(CommandLineRun.of("evaluate", file.toString(), "Walk").out())
                .contains("step 3  loss 6.3")
                .doesNotContain("step 4  ")
                .contains("stopped because in step 4 a value became infinite");
        assertThat(CommandLineRun.of("evaluate", file.toString(), "Skip").out())
                .contains("step 4  loss Infinity  skipped", "step 5  loss Infinity  skipped");
    }

    /** Of three trainings two are broken, one so that it cannot be read; `check` reports both. */
    @Test
    void aTrainingFailsOnlyOnWhatItNeeds(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("several.opt"), """
                model Point { weight p : f32 = 3  output value = p^2 }
                function broken(x) = x + nothing
                train Sound { model Point  loss value  optimizer sgd(lr = 0.1)  steps 1 }
                train Wrong { model Point  loss broken(value)  optimizer sgd(lr = 0.1)  steps 1 }
                train Unread {
                    lose value
                }
                """);
        var sound = CommandLineRun.of("evaluate", file.toString(), "Sound");
        assertThat(sound).isEqualTo(new CommandLineRun(ExitStatus.SUCCESS, sound.out(), ""));
        assertThat(sound.out()).startsWith("step 1  loss 9.0\n");
        assertThat(CommandLineRun.of("evaluate", file.toString(), "Wrong", "--lines")
                        .err())
                .contains("`nothing` is not declared")
                .doesNotContain("lose");
        assertThat(CommandLineRun.of("evaluate", file.toString(), "Unread", "--lines")
                        .err())
                .contains("`lose` is not a clause")
                .doesNotContain("nothing");
        assertThat(CommandLineRun.of("check", file.toString(), "--lines").err())
                .contains("`lose` is not a clause", "`nothing` is not declared");
    }
}
