package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;
import org.descentlang.description.MetricReference;
import org.descentlang.description.ScheduleDescription;
import org.descentlang.description.StopCondition;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.training.StopReason.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that goes on from a state, whichever step it was taken after, is the run that never stopped: random numbers,
 * shuffle, schedule, micro-batches of which the last are incomplete, a skipped step, stall counts, the best epoch.
 */
class RunStateTest {
    private static final MetricReference MAE = new MetricReference("validation", "mae", false);
    private static final MetricReference LOSS = new MetricReference("", "loss", false);

    @TempDir
    Path folder;

    @BeforeEach
    void writeData() throws IOException {
        LineData.write(folder);
    }

    private static LinearProgram program() {
        var program = new LinearProgram();
        program.train = 0.7;
        program.validation = 0.3;
        program.splitSeed = OptionalLong.of(3);
        program.noise = 0.4;
        program.lr = 0.3;
        program.batch = 2;
        program.accumulate = 3;
        program.badGradientAt = 8;
        program.skipNonfinite = true;
        program.keep = Optional.of(MAE);
        program.length = new Duration(40, Unit.EPOCHS);
        var warmup = new ScheduleDescription.Segment(
                "warmup(6 steps)", new Duration(6, Unit.STEPS), List.of(new Duration(6, Unit.STEPS)));
        var decay = new ScheduleDescription.Segment("decay", LinearProgram.REST, List.of(LinearProgram.REST));
        program.schedules = List.of(new ScheduleDescription("warmup then decay", List.of(0), List.of(warmup, decay)));
        program.stop = Optional.of(new StopCondition.Or(
                new StopCondition.Stalls(MAE, new Duration(5, Unit.EPOCHS)),
                new StopCondition.And(
                        new StopCondition.Stalls(LOSS, new Duration(60, Unit.STEPS)),
                        new StopCondition.After(new Duration(70, Unit.STEPS)))));
        return program;
    }

    @Test
    void aRunGoesOnFromEveryStep() {
        TrainingResult whole = trainer(program()).train();
        assertThat(whole.reason()).isInstanceOf(Condition.class);
        assertThat(whole.skipped()).isEqualTo(1);
        assertThat(whole.bestEpoch()).isPresent();
        assertThat(whole.steps()).isBetween(12L, 70L);
        for (int step = 1; step <= whole.steps(); step++) {
            assertSame(resumed(stateAfter(step)), whole);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aRunGoesOnFromTheReportOfAnEpoch(int epoch) {
        var keeper = new StateKeeper(
                (_, report) -> report.filter(found -> found.epoch() == epoch).isPresent());
        TrainingResult whole = trainer(program()).train(keeper);
        assertSame(resumed(keeper.state()), whole);
    }

    /** In the process of another virtual machine, from a file. */
    @Test
    void aRunGoesOnInAnotherProcess() throws IOException, InterruptedException {
        TrainingResult whole = trainer(program()).train();
        var file = folder.resolve("run.state");
        stateAfter(7).save(file);
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ResumingMain.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed.lines().toList().getLast()).isEqualTo(ResumingMain.line(whole));
    }

    /** What the other process does. */
    static final class ResumingMain {
        private ResumingMain() {}

        public static void main(String[] arguments) {
            var folder = Path.of(arguments[0]);
            var program = program();
            var state = RunState.load(folder.resolve("run.state"), program.description());
            System.out.println(line(new Trainer(program)
                    .folders(DataFolders.of(folder))
                    .threads(1)
                    .resume(state)
                    .train()));
        }

        static String line(TrainingResult result) {
            return List.of(
                            Float.floatToIntBits(result.state().parameters()[0]),
                            Float.floatToIntBits(result.state().states()[0]),
                            Float.floatToIntBits(result.state().running()[0]),
                            result.steps(),
                            result.skipped(),
                            result.bestEpoch(),
                            result.reason())
                    .toString();
        }
    }

    @Test
    void everyDamageOfAFileIsFound() throws IOException {
        var file = folder.resolve("run.state");
        stateAfter(7).save(file);
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 4;
            Files.write(file, bad);
            assertThatThrownBy(() -> RunState.load(file, program().description()))
                    .isInstanceOf(UserException.class);
        }
        for (int length = 0; length < good.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThatThrownBy(() -> RunState.load(file, program().description()))
                    .isInstanceOf(UserException.class);
        }
    }

    /** A length that is right, and a size that the training has no room for: nothing is read. */
    @Test
    void noSizeIsBelievedThatTheTrainingDoesNotHave() throws IOException {
        byte[] header = "float 1000000 steps.parameters\n".getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.allocate(16 + header.length + 4_000_000 + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("DESCRUN\n".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putInt(header.length)
                .put(header);
        var file = folder.resolve("run.state");
        Files.write(file, bytes.array());
        assertThatThrownBy(() -> RunState.load(file, program().description()))
                .hasMessageContaining("nothing there has 1,000,000 numbers, as steps.parameters does");
    }

    @Test
    void anotherTrainingDoesNotGoOnFromIt() {
        RunState state = stateAfter(7);
        var other = new RosenbrockProgram();
        assertThatThrownBy(() -> new Trainer(other).resume(state))
                .hasMessage("The state belongs to a run of LineTraining, not of Rosenbrock");
        var program = program();
        program.train = 0.5;
        program.validation = 0.5;
        assertThatThrownBy(() -> trainer(program).resume(state).train())
                .hasMessage("The state belongs to a run of LineTraining with 7 examples, but this run has 5");
    }

    private RunState stateAfter(int step) {
        var keeper = new StateKeeper((progress, report) -> report.isEmpty() && progress.steps() == step);
        trainer(program()).train(keeper);
        return keeper.state();
    }

    private TrainingResult resumed(RunState state) {
        var file = folder.resolve("run.state");
        state.save(file);
        var program = program();
        return trainer(program)
                .resume(RunState.load(file, program.description()))
                .train();
    }

    private Trainer trainer(LinearProgram program) {
        return new Trainer(program).folders(DataFolders.of(folder)).threads(1);
    }

    private static void assertSame(TrainingResult found, TrainingResult expected) {
        assertThat(found.state().parameters()).containsExactly(expected.state().parameters());
        assertThat(found.state().states()).containsExactly(expected.state().states());
        assertThat(found.state().running()).containsExactly(expected.state().running());
        assertThat(found.reason()).isEqualTo(expected.reason());
        assertThat(found.steps()).isEqualTo(expected.steps());
        assertThat(found.skipped()).isEqualTo(expected.skipped());
        assertThat(found.bestEpoch()).isEqualTo(expected.bestEpoch());
        assertThat(found.meanTrainLoss()).isEqualTo(expected.meanTrainLoss());
        assertThat(found.warnings()).isEqualTo(expected.warnings());
        assertThat(timeless(found)).isEqualTo(timeless(expected));
    }

    private static List<EpochReport> timeless(TrainingResult result) {
        return result.history().stream()
                .map(report -> new EpochReport(
                        report.epoch(), report.steps(), report.meanTrainLoss(), report.validation(), report.best(), 0))
                .toList();
    }
}
