package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    private static final String LINE = """
            package line
            data Points { from "points.csv"  x = columns(0 .. 0)  y = columns(1 .. 1)  split train 50%, test 50% }
            model Line { input x : f32[batch, 1]  weight w : f32[1, 1] = 0  output z = x @ w }
            train Fit {
                model Line
                data Points
                loss mse(z, y)
                optimizer sgd(lr = 0.1)
                batch 4
                epochs 20
            }
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void trainsReportsAndSaves() throws IOException {
        points("1,3\n".repeat(8));
        Path model = folder.resolve("fit.descent");
        var run = CommandLineRun.of("train", write("line.opt", LINE), "--out", model, "--threads", "1");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
        assertThat(run.out().lines().toList()).hasSize(25).last().isEqualTo("saved       " + model);
        assertThat(run.out())
                .startsWith("epoch  1/20  mean loss 9.0000  lr 0.1  ")
                .contains("Fit: finished, after 20 steps and ")
                .containsPattern("training    loss 0\\.001[0-9]\n")
                .containsPattern("test        loss 0\\.001[0-9]\n")
                .containsPattern("last epoch  mean loss 0\\.001[0-9], during training\n");
        assertThat(model).isNotEmptyFile();
    }

    @Test
    void saysItInJson() throws IOException {
        points("1,3\n".repeat(8));
        Path model = folder.resolve("fit.descent");
        var file = write("line.opt", LINE);
        var run = CommandLineRun.of("train", file, "Fit", "--json", "--out", model, "--set", "optimizer.lr=0.5");
        var lines = run.out().lines().toList();
        assertThat(lines).hasSize(22);
        assertThat(lines.getFirst())
                .isEqualTo("{\"event\":\"start\",\"name\":\"Fit\",\"examples\":4,\"steps\":20,\"epochs\":20}");
        assertThat(lines.get(1))
                .startsWith("{\"event\":\"epoch\",\"epoch\":1,\"steps\":1,\"meanLoss\":9.0,")
                .contains("\"hyperparameters\":{\"optimizer.lr\":0.5");
        assertThat(lines.getLast())
                .startsWith("{\"event\":\"result\",\"name\":\"Fit\",\"end\":\"finished\",")
                .contains(
                        "\"train\":{\"loss\":0.0}",
                        "\"test\":{\"loss\":0.0}",
                        "\"norms\":{\"w\":3.0}",
                        "\"model\":\"" + model + "\"");
    }

    @Test
    void mistakesInDataNameFileAndLine() throws IOException {
        var file = write("line.opt", LINE);
        Path model = folder.resolve("fit.descent");
        assertThat(mistake(file, model)).contains("points.csv: there is no such data file; looked in ");
        points("1,3\n1,x\n");
        assertThat(mistake(file, model)).contains("points.csv:2: ");
        assertThat(model).doesNotExist();
    }

    /** A stranger's file in some folder finds nothing above it, unless a project holds both. */
    @Test
    void dataLieInTheProjectOfTheFile() throws IOException {
        points("1,3\n".repeat(8));
        Path inner = Files.createDirectories(folder.resolve("src/opt"));
        Path file = Files.writeString(inner.resolve("line.opt"), LINE);
        Path model = folder.resolve("fit.descent");
        assertThat(mistake(file, model))
                .isEqualTo("descent: points.csv: there is no such data file; looked in "
                        + Path.of("").toAbsolutePath() + ", " + inner + "\n");
        Files.createDirectory(folder.resolve(".git"));
        assertThat(CommandLineRun.of("train", file, "--out", model).status()).isEqualTo(ExitStatus.SUCCESS);
        Files.createFile(folder.resolve("src/pom.xml"));
        assertThat(mistake(file, model)).endsWith(inner + ", " + folder.resolve("src") + "\n");
    }

    @Test
    void whereTheModelGoesIsTriedBeforeTheTraining() throws IOException {
        points("1,3\n".repeat(8));
        var file = write("line.opt", LINE);
        assertThat(mistake(file, folder))
                .isEqualTo("descent: " + folder + ": the model cannot be written: there is a folder with that name\n");
        Path inFile = file.resolve("fit.descent");
        assertThat(mistake(file, inFile))
                .isEqualTo("descent: " + inFile + ": the model cannot be written: " + file + " is in the way\n");
        assertThat(mistake(file, Path.of("/dev/full")))
                .isEqualTo("descent: /dev/full: the model cannot be written: that is not a regular file\n");
        assertThat(mistake(file, folder.resolve("n".repeat(256)))).endsWith(": File name too long\n");
        assertThat(mistake(file, Path.of("/proc/x")))
                .isEqualTo("descent: /proc/x: the model cannot be written: no file can be created in /proc\n");
        Path nowhere = folder.resolve("sub/../fit");
        assertThat(mistake(file, nowhere))
                .isEqualTo("descent: " + nowhere + ": the model cannot be written: there is no folder " + folder
                        + "/sub/..\n");
        assertThat(mistake(file, Path.of(""))).isEqualTo("descent: --out needs the name of a file\n");
        assertThat(mistake(file, Path.of("-"))).startsWith("descent: --out - would mean standard output, ");
    }

    /** What a rule requires of two of its numbers holds for what schedules make of them. */
    @Test
    void aScheduleThatCrossesAnotherNumberIsNamed() throws IOException {
        Path file = write("crossing.opt", """
                package crossing
                optimizer between(low = 0.1, high = 1) require 0 <= low <= high { θ ← θ - clamp(0.5, low, high) * g }
                schedule rising(by) = base + by * t
                model P { weight p : f32[1] = 1  output value = sum(p^2) }
                train Cross { model P loss value optimizer between schedule low = rising(0.25) steps 10 }
                """);
        Path model = folder.resolve("cross.descent");
        String cause = "with schedule `rising(0.25)` optimizer.low must be at most optimizer.high, which is 1, not 1.1";
        var run = CommandLineRun.of("train", file, "--out", model);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out()).contains("stopped before step 5 because " + cause);
        assertThat(CommandLineRun.of("evaluate", file).out()).contains("stopped before step 5 because " + cause);
        assertThat(CommandLineRun.of("describe", file).out()).contains("low >= 0, low <= optimizer.high");
        assertThat(CommandLineRun.of("train", file, "--set", "optimizer.high=0.05")
                        .err())
                .contains("`between` requires `0 <= low <= high`, but `low` is 0.1 and `high` is 0.05");
    }

    @Test
    void stepsStandInForEpochs() throws IOException {
        points("1,3\n".repeat(8));
        var file = write("line.opt", LINE);
        Path model = folder.resolve("fit.descent");
        assertThat(CommandLineRun.of("train", file, "--out", model, "--set", "steps=5")
                        .out())
                .contains("Fit: finished, after 5 steps and ");
        assertThat(CommandLineRun.of("train", file, "--out", model, "--set", "epochs=1")
                        .out())
                .contains("Fit: finished, after 1 step and ");
        assertThat(CommandLineRun.of("describe", file, "--set", "epochs=1").out())
                .contains("1 epoch\n");
        assertThat(CommandLineRun.of("check", file).status()).isEqualTo(ExitStatus.SUCCESS);
        var both = CommandLineRun.of("train", file, "--set", "steps=5", "--set", "epochs=1");
        assertThat(both.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(both.err()).contains("error[D307]: a run has `epochs` or `steps`, not both");
        assertThat(CommandLineRun.of("train", file, "--set", "=3").err())
                .isEqualTo("descent: --set needs a name before its `=`, as in --set optimizer.lr=3e-4\n");
        assertThat(CommandLineRun.of("train", file, "--set", "rate=3").err())
                .contains("error[D107]: there is no `rate` to set")
                .contains("there are `accumulate`, `batch`, `epochs`, `optimizer.lr`, `seed`, `steps`");
    }

    @Test
    void namesTheScheduleThatGivesAValueOutOfRange() throws IOException {
        String text = """
                schedule sinking(by) = base - by * t
                schedule broken(at) = base * sqrt(at - t)
                model P { weight p : f32[1] = 1  output value = sum(p^2) }
                train Sinks { model P loss value optimizer sgd(lr = 0.5) schedule lr = sinking(0.25) steps 10 }
                train Breaks { model P loss value optimizer sgd(lr = 0.5) schedule lr = broken(at = 2) steps 10 }
                """;
        var file = write("schedules.opt", text);
        Path model = folder.resolve("p.descent");
        var sinks = CommandLineRun.of("train", file, "Sinks", "--out", model);
        assertThat(sinks.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(sinks.out())
                .contains("stopped before step 4 because schedule `sinking(0.25)` gives optimizer.lr the value -0.25, "
                        + "which must be at least 0, after 3 steps");
        assertThat(CommandLineRun.of("train", file, "Breaks", "--out", model).out())
                .contains("stopped before step 4 because schedule `broken(at = 2)` gives optimizer.lr the value NaN, ");
    }

    @Test
    void aRunThatExplodesKeepsTheLastFiniteParameters() throws IOException {
        points("1,3\n".repeat(8));
        Path model = folder.resolve("fit.descent");
        var run = CommandLineRun.of("train", write("line.opt", LINE), "--out", model, "--set", "optimizer.lr=1e30");
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out())
                .contains("in step 2 a value became infinite or not a number, first in ", "line.opt:7:10: `mse(z, y)`");
        assertThat(model).isNotEmptyFile();
    }

    @Test
    void clausesThatAreNotThereCanBeSet() throws IOException {
        points("1,3\n".repeat(8));
        Path model = folder.resolve("fit.descent");
        var file = write("line.opt", LINE);
        var run = CommandLineRun.of("train", file, "--out", model, "--set", "seed=5", "--set", "accumulate=2");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.SUCCESS);
    }

    @Test
    void aFolderOfDataThatIsNotThereAndTooManyThreadsAreMistakes() throws IOException {
        points("1,3\n".repeat(8));
        var file = write("line.opt", LINE);
        Path nowhere = folder.resolve("nowhere");
        assertThat(CommandLineRun.of("train", file, "--data", nowhere).err())
                .contains(nowhere + ": there is no such folder for --data");
        assertThat(CommandLineRun.of("train", file, "--threads", "100000").err())
                .contains("Training uses at most 1024 threads, not 100000");
    }

    /** What is computed when the program runs cannot be compared with the table before. */
    @Test
    void anIndexOutOfRangeIsNamed() throws IOException {
        points("0,1\n2,1\n3,1\n1,1\n");
        for (String use : new String[] {"embedding(int(x), 3, 1)", "one_hot(int(x), 3) @ w"}) {
            var file = write("words.opt", """
                    package words
                    data Words { from "points.csv"  x = column(0)  y = columns(1 .. 1) }
                    model Net { input x : f32[batch]  weight w : f32[3, 1] = 0  output z = %s + 0 * sum(w) }
                    train Fit { model Net data Words loss mse(z, y) optimizer sgd(lr = 0.1) batch 4 epochs 2 }
                    """.formatted(use));
            var run = CommandLineRun.of("train", file, "--out", folder.resolve("words.descent"));
            assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
            assertThat(run.out())
                    .contains("in step 1 a value became infinite or not a number, first in " + file + ":3:")
                    .contains("`" + use.replace(" @ w", "") + "`, by an index that is out of range");
        }
    }

    /**
     * Although the logarithm and what follows it are one kernel, and a branch that is not taken is infinite as well.
     */
    @Test
    void theFirstBadOperationIsNamedInsideAKernel() throws IOException {
        var file = write("log.opt", """
                package log
                model M {
                    weight p : f32[2] = [1.0, 2.0]
                    unused = where(p > 0, 0, log(p - 3))
                    h = log(p[0] - 0.5)
                    output value = h + p[1]^2 + sum(unused)
                }
                train Falling { model M  loss value  optimizer sgd(lr = 0.3)  steps 20 }
                """);
        var run = CommandLineRun.of("train", file, "--out", folder.resolve("log.descent"));
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out())
                .startsWith(
                        "Falling: stopped because in step 2 a value became infinite or not a number, first in " + file
                                + ":5:9: `log(p[0] - 0.5)`, and went back to the last finite parameters, after 1 step and ");
    }

    @Test
    void mistakesInDataAreJsonToo() throws IOException {
        var file = write("line.opt", LINE);
        points("1,3\n1,x\n");
        var run = CommandLineRun.of("train", file, "--json");
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo("{\"severity\":\"error\",\"title\":\"column 1: expected a number, found \\\"x\\\"\","
                        + "\"file\":\"" + folder.toRealPath().resolve("points.csv") + "\",\"line\":2}\n");
    }

    private static String mistake(Path file, Path model) {
        var run = CommandLineRun.of("train", file, "--out", model);
        assertThat(run.status()).isEqualTo(ExitStatus.MISTAKE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        return run.err();
    }

    private void points(String text) throws IOException {
        write("points.csv", text);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
