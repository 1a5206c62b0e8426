package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of runs that are out of the ordinary, and what `evaluate` says of the same. */
class RunOutcomeTest {
    private static final String FIT = """
            data D { from "points.csv"  x = columns(0 .. 0)  y = columns(1 .. 1) }
            model M { input x : f32[batch, 1]  weight w : f32[1, 1] = 0.0  output z = x @ w }
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path model = folder;

    @BeforeEach
    void name() {
        model = folder.resolve("model.descent");
    }

    /**
     * The mean of y is (4 * 1 + 10) / 5 = 2.8, the gradient -2 * 2.8; a mean of the means of batches would be (1 + 10)
     * / 2.
     */
    @Test
    void anIncompleteMicroBatchCountsByItsExamples() throws IOException {
        write("points.csv", "1,1\n1,1\n1,1\n1,1\n1,10\n");
        var file = write("fit.opt", FIT + """
                train Parts { model M data D loss mse(z, y) optimizer sgd(lr = 0.1)
                              batch 4 accumulate 2 epochs 1 shuffle none }
                train Whole { model M data D loss mse(z, y) optimizer sgd(lr = 0.1) batch full epochs 1 shuffle none }
                """);
        for (String name : new String[] {"Parts", "Whole"}) {
            assertThat(CommandLineRun.of("train", file, name, "--json", "--out", model)
                            .out())
                    .contains("\"norms\":{\"w\":0.56");
            assertThat(CommandLineRun.of("evaluate", file, name).out())
                    .containsPattern("step 1  loss 20\\.8\nw = \\[0\\.(56|5599999999999)")
                    .endsWith(name + ": finished, after 1 of 1 step\n");
        }
    }

    /** Clipping sees the mean of all six examples, 3.5: clipped means of two, (1.5 + 3 + 3) / 3, would give 2.5. */
    @Test
    void clippingFollowsAccumulation() throws IOException {
        write("points.csv", "1\n2\n3\n4\n5\n6\n");
        var file = write("clip.opt", """
                data I { from "points.csv"  x = columns(0 .. 0) }
                model P { input x : f32[batch, 1]  weight p : f32 = 0.0  output value = mean(x) * p }
                train T { model P data I loss value optimizer sgd(lr = 1.0) clip value(3)
                          batch 2 accumulate 3 epochs 1 shuffle none }
                train Large { model P data I loss value optimizer sgd(lr = 1.0) clip value(3.6)
                              batch 4 accumulate 2 epochs 1 shuffle none }
                """);
        assertThat(CommandLineRun.of("train", file, "T", "--json", "--out", model)
                        .out())
                .contains("\"norms\":{\"p\":3.0}");
        assertThat(CommandLineRun.of("train", file, "Large", "--json", "--out", model)
                        .out())
                .containsPattern("\"norms\":\\{\"p\":3\\.(5|4999999|5000000)");
        assertThat(CommandLineRun.of("evaluate", file, "Large").out())
                .containsPattern("p = \\[-3\\.(5|4999999|5000000)");
    }

    @Test
    void whereEveryStepWasSkippedNothingIsSaved() throws IOException {
        write("points.csv", "1,1\n2,2\n");
        var file = write("bad.opt", FIT + """
                train T { model M data D loss mean(log(z * 0 - 1)) optimizer adam(lr = 0.1) batch 1 epochs 2
                          on nonfinite skip }
                """);
        var run = CommandLineRun.of("train", file, "--out", model);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out())
                .contains(
                        "T: learnt nothing, because every step was skipped: a value was infinite or not a number, first in ",
                        "`log(z * 0 - 1)`, after 4 steps and ",
                        "saved       nothing, because nothing was learnt\n")
                .doesNotContain("last epoch");
        assertThat(model).doesNotExist();
        var json = CommandLineRun.of("train", file, "--json", "--out", model);
        assertThat(json.out().lines().toList())
                .last()
                .asString()
                .contains("\"end\":\"nonfinite\"", "\"skipped\":4")
                .doesNotContain("\"model\"");
        var reference = CommandLineRun.of("evaluate", file);
        assertThat(reference.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(reference.out())
                .startsWith("step 1  loss NaN  skipped\nstep 2  loss NaN  skipped\n")
                .contains("\nw = [0.0]\nT: learnt nothing, because every step was skipped");
    }

    /** The first step leads to a negative number, whose logarithm is not a number. */
    @Test
    void whereEveryStepButTheFirstWasSkippedTheRunFailed() throws IOException {
        var file = write("bad.opt", """
                model M { weight p : f32[1] = [0.05] output v = sum(log(p)) }
                train T { model M loss v optimizer sgd(lr = 0.01) steps 20 on nonfinite skip }
                """);
        var run = CommandLineRun.of("train", file, "--out", model);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out()).contains("T: learnt nothing after step 1, because every step from then on was skipped");
    }

    @Test
    void aRunThatFailsInItsFirstStepSavesNothing() throws IOException {
        write("points.csv", "1,1\n2,2\n");
        var file = write("bad.opt", FIT + """
                train T { model M data D loss mean(log(z * 0 - 1)) optimizer adam(lr = 0.1) batch 1 epochs 2 }
                """);
        var run = CommandLineRun.of("train", file, "--out", model);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out())
                .contains("T: stopped because in step 1 ", "saved       nothing, because nothing was learnt\n");
        assertThat(model).doesNotExist();
        var reference = CommandLineRun.of("evaluate", file, "--json");
        assertThat(reference.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(reference.out())
                .contains("{\"event\":\"end\",\"end\":\"nonfinite\",\"reason\":\"stopped because in step 1 ");
    }

    /** The example with x = 0 has an infinite logarithm; three good steps an epoch are left. */
    @Test
    void theEvaluatorSkipsTheSameSteps() throws IOException {
        write("points.csv", "1,2\n0,0\n2,4\n3,6\n");
        var file = write("skip.opt", FIT.replace("= 0.0", "= 1.0") + """
                train T { model M data D loss mean(log(z)) + mse(z, y) optimizer adam(lr = 0.1) batch 1 epochs 2
                          shuffle none on nonfinite skip }
                """);
        var run = CommandLineRun.of("evaluate", file, "--steps", "6");
        assertThat(run.out().lines().filter(line -> line.endsWith("  skipped"))).hasSize(2);
        assertThat(run.out()).endsWith("T: stopped at --steps, after 6 of 8 steps\n");
        assertThat(CommandLineRun.of("train", file, "--out", model).out()).contains("2 steps skipped");
    }

    /**
     * Of (p - 3)^2 from 0 by steps of 0.5 g the first brings the minimum: the loss is then 0, and the mean over four
     * steps 9 / 4.
     */
    @Test
    void withoutDataTheLossIsThatOfTheFinalParameters() throws IOException {
        var file = write("plain.opt", """
                model P { weight p : f32 = 0.0  output value = (p - 3)^2 }
                train T { model P loss value optimizer sgd(lr = 0.5) steps 4 }
                """);
        var run = CommandLineRun.of("train", file, "--out", model);
        assertThat(run.out())
                .startsWith("step 4/4  loss 0.0000  lr 0.5  ")
                .contains("\ntraining    loss 0.0000\n")
                .doesNotContain("mean loss");
        assertThat(CommandLineRun.of("train", file, "--json", "--out", model).out())
                .contains("\"meanLoss\":2.25", "\"train\":{\"loss\":0.0}");
    }

    /** Epoch 1 ends at w = 1.5, which the validation data want; the training data go on to 3. */
    @Test
    void theTrainingLossIsThatOfTheRestoredParameters() throws IOException {
        write("points.csv", "1,3\n1,1.5\n");
        var file = write("best.opt", """
                data D { from "points.csv"  x = columns(0 .. 0)  y = columns(1 .. 1)  split train 50%, validation 50% }
                model M { input x : f32[batch, 1]  weight w : f32[1, 1] = 0.0  output z = x @ w }
                train T { model M data D loss mse(z, y) optimizer sgd(lr = 0.25) batch 1 epochs 3 keep best validation.loss }
                """);
        assertThat(CommandLineRun.of("train", file, "--out", model).out())
                .contains(
                        "restored epoch 1, the best by validation.loss\n",
                        "training    loss 2.2500\n",
                        "validation  loss 0.0000\n",
                        "last epoch  mean loss 0.5625, during training\n");
    }

    @Test
    void warningsAreSaidInTextAndJson() throws IOException {
        write("points.csv", "1,0\n2,1\n3,0\n4,1\n");
        var file = write("same.opt", """
                data D { from "points.csv"  x = columns(0 .. 0)  y = label(column(1), classes = 2) }
                model M { input x : f32[batch, 1]  weight w : f32[1, 8] = 0.1
                          output z = dense(tanh(x @ w), 2, init = constant(0.1)) }
                train T { model M data D loss cross_entropy(z, y) optimizer sgd(lr = 0.1) batch 2 epochs 3 }
                """);
        String warning = "the 8 units of `w` started equal and are still equal after an epoch: they all learn the same."
                + " Use random initial values";
        var run = CommandLineRun.of("train", file, "--out", model);
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(run.err()).isEqualTo("warning: " + warning + "\n");
        var json = CommandLineRun.of("train", file, "--json", "--out", model);
        assertThat(json.out()).contains("{\"severity\":\"warning\",\"title\":\"" + warning + "\"}\n");
        assertThat(json.err()).isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
