package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.tornado.Recorded.Run;
import org.descentlang.runtime.training.EpochReport;
import org.descentlang.runtime.training.Evaluation;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingFailedException;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples that stay on the device are the same training as examples that the host sends. */
final class KeptExamplesTest {
    private final CompiledTrainings compiled = CompiledTrainings.of(Path.of("src/test/resources/kept.opt"), "gpu");
    private final Device device = Devices.find("0:0");

    /** 43 examples train, in batches of 8, the last of an epoch of 3. */
    @ParameterizedTest
    @ValueSource(strings = {"OneByOne", "Together", "Accumulated"})
    void sameBits(String training) {
        TrainingResult sent = train(WithMemory.none(device), training);
        TrainingResult kept = train(device, training);
        assertThat(kept.warnings()).isEmpty();
        assertThat(kept.state().parameters()).containsExactly(sent.state().parameters());
        assertThat(kept.state().states()).containsExactly(sent.state().states());
        assertThat(losses(kept)).isEqualTo(losses(sent)).hasSize(3 + 3 + 3);
    }

    /** Of a file, of which nobody knew how many examples it has before it was read. */
    @Test
    void sameBitsFromAFile() {
        var digits = CompiledTrainings.of(Path.of("../../compiler/src/test/resources/specs/digits.opt"), "gpu");
        TrainingResult sent = sixEpochs(digits.on(WithMemory.none(new SequentialJava()), "DigitsTraining"));
        TrainingResult kept = sixEpochs(digits.on(new SequentialJava(), "DigitsTraining"));
        assertThat(kept.state().parameters()).containsExactly(sent.state().parameters());
        assertThat(kept.test()).isEqualTo(sent.test()).isPresent();
    }

    private static TrainingResult sixEpochs(TrainingProgram program) {
        return new Trainer(program)
                .folders(DataFolders.of(Path.of("../../samples/digits")))
                .set("epochs", 6)
                .train();
    }

    /** The fields have 16 numbers and 4 whole ones an example; `unused` is one of them. */
    @Test
    void aStepSendsTheNumbersOfItsExamples() {
        assertThat(uploads("OneByOne", "step", WithMemory.none(new SequentialJava())))
                .isEqualTo(NUMBERS + 4 * 8 * (5 + 7 + 4) + 4 * 8 * (3 + 1));
        assertThat(uploads("OneByOne", "step", new SequentialJava())).isEqualTo(NUMBERS + 4 * 8);
        assertThat(uploads("OneByOne", "evaluation", new SequentialJava())).isEqualTo(NUMBERS + 4 * 8);
        assertThat(uploads("Accumulated", "gradient", new SequentialJava())).isEqualTo(NUMBERS + 4 * 8);
    }

    /** Numbers, losses and batches of four steps, and the counter. */
    @Test
    void aQueueSendsTheNumbersOfAllExamples() {
        assertThat(uploads("Together", "queue", WithMemory.none(new SequentialJava())))
                .isEqualTo(4 * (NUMBERS + 8 + 4 * 8 * (5 + 7 + 4) + 4 * 8 * (3 + 1)) + 4);
        assertThat(uploads("Together", "queue", new SequentialJava())).isEqualTo(4 * (NUMBERS + 8 + 4 * 8) + 4);
    }

    /** Nor again when the best parameters come back. */
    @Test
    void examplesAreUploadedOnce() {
        var runs = new ArrayList<Run>();
        train(new Recorded(new SequentialJava(), runs::add), "OneByOne");
        assertThat(runs.stream().filter(run -> run.uploaded() > 61 * 4 * (5 + 7 + 4 + 3 + 1) - 1))
                .extracting(Run::program)
                .containsExactly("open");
        assertThat(runs).extracting(Run::program).contains("load", "evaluation");
    }

    @Test
    void whatDoesNotFitIsSentAndTheRunSaysSo() {
        int own = 100_000;
        TrainingResult sent = train(WithMemory.of(own, new SequentialJava()), "OneByOne");
        assertThat(sent.warnings()).isEmpty();
        TrainingResult full = train(WithMemory.of(1000, new SequentialJava()), "OneByOne");
        assertThat(full.warnings())
                .containsExactly("the device is sent the examples of every step: all 61 together take 4 kB, and it"
                        + " keeps 0 kB at most (docs/tornadovm.md)");
        assertThat(full.state().parameters()).containsExactly(sent.state().parameters());
    }

    /** Examples that are not on the host when a value fails are there when its operation is asked for. */
    @Test
    void whatIsNotFiniteIsFound() {
        var sent = failed(WithMemory.none(device));
        var kept = failed(device);
        assertThat(kept.reason()).isEqualTo(sent.reason());
        assertThat(kept.reason().text()).contains("first in src/test/resources/kept.opt:57:62: log(x)");
    }

    @Test
    void halfOfTheMemoryIsTakenAtMost() {
        long heap = Runtime.getRuntime().maxMemory();
        assertThat(DeviceMemory.of(1000, 1 << 20).bytes()).isEqualTo(500);
        assertThat(DeviceMemory.of(Long.MAX_VALUE, Long.MAX_VALUE).bytes()).isEqualTo(heap / 2);
        assertThat(DeviceMemory.of(1000, 100).bytes()).isEqualTo(99);
        assertThat(new DeviceMemory(360).missing(new ExampleSize(5, 4), 10)).isEmpty();
        assertThat(new DeviceMemory(359).missing(new ExampleSize(5, 4), 10)).isPresent();
        assertThat(new DeviceMemory(Long.MAX_VALUE).missing(new ExampleSize(1 << 16, 1), 1 << 15))
                .as("more elements than an array has")
                .isPresent();
        assertThat(new DeviceMemory(Long.MAX_VALUE).missing(new ExampleSize(Integer.MAX_VALUE, Integer.MAX_VALUE), 9))
                .isPresent();
    }

    /** Bytes of the single numbers of a step: it has 30. */
    private static final long NUMBERS = 8 * 30;

    private long uploads(String training, String program, Device device) {
        var runs = new ArrayList<Run>();
        train(new Recorded(device, runs::add), training);
        return runs.stream()
                .filter(run -> run.program().equals(program))
                .findFirst()
                .orElseThrow()
                .uploaded();
    }

    private static List<Double> losses(TrainingResult result) {
        var losses = new ArrayList<Double>();
        for (EpochReport epoch : result.history()) {
            losses.add(epoch.meanTrainLoss());
            losses.add(epoch.validation().orElseThrow().loss());
        }
        for (var split : List.of(result.train(), result.validation(), result.test())) {
            losses.add(split.map(Evaluation::loss).orElseThrow());
        }
        return losses;
    }

    private TrainingResult train(Device on, String training) {
        return new Trainer(compiled.on(on, training)).train();
    }

    private TrainingResult failed(Device on) {
        return catchThrowableOfType(TrainingFailedException.class, () -> train(on, "Fails"))
                .result();
    }
}
