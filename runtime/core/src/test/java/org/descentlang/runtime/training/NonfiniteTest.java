package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;
import org.descentlang.description.ScheduleDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.training.StopReason.EveryStepSkipped;
import org.descentlang.runtime.training.StopReason.Finished;
import org.descentlang.runtime.training.StopReason.Nonfinite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run in which a value is not finite. Three steps an epoch. */
class NonfiniteTest {
    @TempDir
    Path folder;

    private final LinearProgram program = new LinearProgram();

    @BeforeEach
    void writeData() throws IOException {
        LineData.write(folder);
        program.noise = 0.1;
    }

    @Test
    void stopsAtANonfiniteLossWithTheLastFiniteParameters() {
        program.lr = 1e12;
        TrainingResult result = failed();
        assertThat(result.reason()).isInstanceOf(Nonfinite.class);
        long step = ((Nonfinite) result.reason()).step();
        assertThat(result.state().isFinite()).isTrue();
        assertSameState(result, firstSteps(step - 1));
    }

    /**
     * An update after a loss that is not finite leaves no trace: the same step is found, and the same state returned
     * to.
     */
    @Test
    void aStepAtOnceIsTracedAsOneOfParts() {
        program.lr = 1e12;
        TrainingResult inParts = failed();
        program.atOnce = true;
        TrainingResult atOnce = failed();
        assertThat(atOnce.reason()).isEqualTo(inParts.reason()).isInstanceOf(Nonfinite.class);
        assertThat(atOnce.steps()).isEqualTo(inParts.steps());
        assertThat(atOnce.state().parameters()).containsExactly(inParts.state().parameters());
        assertThat(atOnce.state().states()).containsExactly(inParts.state().states());
    }

    @Test
    void tracesANonfiniteGradientBackToItsStep() {
        program.badGradientAt = 700;
        program.length = new Duration(400, Unit.EPOCHS);
        TrainingResult result = failed();
        assertThat(result.reason()).isEqualTo(new Nonfinite(701, "line.opt:7 sqrt"));
        assertThat(result.steps()).isEqualTo(700);
        assertSameState(result, firstSteps(700));
    }

    @Test
    void noticesWhatTheLastUpdateSpoiled() {
        program.badGradientAt = 8;
        assertThat(failed().reason()).isEqualTo(new Nonfinite(9, "line.opt:7 sqrt"));
    }

    @Test
    void theExceptionSaysWhyAndHasTheResult() {
        program.badGradientAt = 4;
        var failure = catchThrowableOfType(TrainingFailedException.class, this::train);
        assertThat(failure)
                .hasMessage("LineTraining: stopped because in step 5 a value became infinite or not a number,"
                        + " first in line.opt:7 sqrt, and went back to the last finite parameters");
        assertThat(failure.result().steps()).isEqualTo(4);
        assertThat(failure.result().isTrained()).isTrue();
    }

    /** The step leaves no trace: not in the running mean, and not in the number of the update. */
    @Test
    void skipsNonfiniteGradients() {
        program.badGradientAt = 4;
        program.skipNonfinite = true;
        List<String> heard = new ArrayList<>();
        TrainingResult result = trainer().train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                heard.add(progress.steps() + "-" + progress.skipped());
            }
        });
        assertThat(result.reason()).isEqualTo(new Finished());
        assertThat(result.steps()).isEqualTo(9);
        assertThat(result.skipped()).isEqualTo(1);
        assertThat(result.state().isFinite()).isTrue();
        assertThat(heard).containsExactly("1-0", "2-0", "3-0", "4-0", "5-1", "6-1", "7-1", "8-1", "9-1");
    }

    /** Batches of two: 0.1 and 0.2, then 0.3 and 0.4, which is skipped, and so on. */
    @Test
    void aSkippedStepLeavesRunningStateAlone() {
        program.shuffle = TrainingDescription.ShuffleOrder.NONE;
        program.batch = 2;
        program.badGradientAt = 1;
        program.skipNonfinite = true;
        program.length = new Duration(5, Unit.STEPS);
        double mean = 0;
        for (double x : new double[] {0.15, 0.55, 0.75, 0.95}) {
            mean = 0.9 * mean + 0.1 * x;
        }
        assertThat(train().state().running()[0]).isCloseTo((float) mean, within(1e-6f));
    }

    /** Step 2 is skipped; update 700 is that of step 701. */
    @Test
    void afterASkipARealFailureIsThatOfItsOwnStep() {
        program.badGradientAt = 1;
        program.badUpdate = 700;
        program.skipNonfinite = true;
        program.length = new Duration(400, Unit.EPOCHS);
        TrainingResult result = failed();
        assertThat(result.reason()).isEqualTo(new Nonfinite(701, "the update of the parameters"));
        assertThat(result.steps()).isEqualTo(700);
        assertThat(result.skipped()).isEqualTo(1);
        assertThat(Collections.max(program.draws))
                .as("only one step is tried after it")
                .isEqualTo(701);
        program.badUpdate = -1;
        assertSameState(result, firstSteps(700));
    }

    @Test
    void whenTheLastUpdateFailsTheStepsBeforeItAreKept() {
        program.badGradientAt = 1;
        program.badUpdate = 8;
        program.skipNonfinite = true;
        TrainingResult result = failed();
        assertThat(result.reason()).isEqualTo(new Nonfinite(9, "the update of the parameters"));
        program.badUpdate = -1;
        assertSameState(result, firstSteps(8));
    }

    @Test
    void whereEveryStepWasSkippedNothingWasLearnt() {
        program.badGradientsFrom = 0;
        program.skipNonfinite = true;
        TrainingResult result = failed();
        assertThat(result.reason()).isEqualTo(new EveryStepSkipped(0, "line.opt:7 sqrt"));
        assertThat(result.steps()).isEqualTo(9);
        assertThat(result.skipped()).isEqualTo(9);
        assertThat(result.isTrained()).isFalse();
        assertThat(result.meanTrainLoss()).isNaN();
        assertThat(result.state().parameters()).containsExactly(0);
        assertThat(result.state().running()).containsExactly(0);
    }

    @Test
    void whereAllStepsAreSkippedAtTheEndTheLastGoodStepIsNamed() {
        program.badGradientsFrom = 5;
        program.skipNonfinite = true;
        TrainingResult result = failed();
        assertThat(result.reason()).isEqualTo(new EveryStepSkipped(5, "line.opt:7 sqrt"));
        assertThat(result.skipped()).isEqualTo(4);
        assertSameState(result, firstSteps(5));
    }

    @Test
    void whereFewerAreSkippedThanAnEpochHasTheRunIsFinished() {
        program.badGradientsFrom = 7;
        program.skipNonfinite = true;
        assertThat(train().reason()).isEqualTo(new Finished());
    }

    /** `t` of a schedule is the number of updates: the warm-up takes six of them, whatever was skipped. */
    @Test
    void aScheduleCountsUpdates() {
        var warmup = new ScheduleDescription.Segment(
                "warmup(6 steps)", new Duration(6, Unit.STEPS), List.of(new Duration(6, Unit.STEPS)));
        var decay = new ScheduleDescription.Segment("decay", LinearProgram.REST, List.of(LinearProgram.REST));
        program.schedules = List.of(new ScheduleDescription("warmup then decay", List.of(0), List.of(warmup, decay)));
        program.badGradientAt = 2;
        program.skipNonfinite = true;
        List<Double> rates = new ArrayList<>();
        trainer().train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                rates.add(progress.hyperparameters()[0]);
            }
        });
        assertThat(rates)
                .containsExactly(
                        0.1 / 6,
                        0.2 / 6,
                        0.1 * 3 / 6,
                        0.1 * 3 / 6,
                        0.1 * 4 / 6,
                        0.1 * 5 / 6,
                        0.1 * 6 / 6,
                        0.1,
                        0.1 - 1e-3);
    }

    private TrainingResult firstSteps(long steps) {
        program.length = new Duration((double) steps, Unit.STEPS);
        return train();
    }

    private static void assertSameState(TrainingResult result, TrainingResult expected) {
        assertThat(expected.reason()).isEqualTo(new Finished());
        assertThat(result.state().parameters()).containsExactly(expected.state().parameters());
        assertThat(result.state().states()).containsExactly(expected.state().states());
        assertThat(result.state().running()).containsExactly(expected.state().running());
    }

    private TrainingResult failed() {
        return catchThrowableOfType(TrainingFailedException.class, this::train).result();
    }

    private TrainingResult train() {
        return trainer().train();
    }

    private Trainer trainer() {
        return new Trainer(program).folders(DataFolders.of(folder)).threads(1);
    }
}
