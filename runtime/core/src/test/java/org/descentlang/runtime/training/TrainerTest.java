package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;
import org.descentlang.description.MetricReference;
import org.descentlang.description.NumberText;
import org.descentlang.description.ScheduleDescription;
import org.descentlang.description.StopCondition;
import org.descentlang.description.TrainingDescription.ShuffleOrder;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.training.StopReason.Condition;
import org.descentlang.runtime.training.StopReason.Finished;
import org.descentlang.runtime.training.StopReason.Interrupted;
import org.descentlang.runtime.training.StopReason.OutOfRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final MetricReference VALIDATION_MAE = new MetricReference("validation", "mae", false);

    private static final MetricReference GRADIENT_NORM = new MetricReference("", "gradient_norm", false);

    @TempDir
    Path folder;

    private final LinearProgram program = new LinearProgram();

    @BeforeEach
    void writeData() throws IOException {
        LineData.write(folder);
    }

    @Test
    void findsTheMinimum() {
        program.length = new Duration(200, Unit.EPOCHS);
        TrainingResult result = train();
        assertThat(result.state().parameters()[0]).isCloseTo(3, within(1e-4f));
        assertThat(result.meanTrainLoss()).isLessThan(1e-8);
        assertThat(result.reason()).isEqualTo(new Finished());
        assertThat(result.steps()).isEqualTo(600);
        assertThat(result.history()).hasSize(200);
        assertThat(result.validation()).isEmpty();
    }

    @Test
    void keepsTheLastPartialBatchAndCountsDraws() {
        train();
        assertThat(program.capacity).isEqualTo(4);
        assertThat(program.rows).containsExactly(4, 4, 2, 4, 4, 2, 4, 4, 2);
        assertThat(program.draws).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void accumulatesMicroBatches() {
        program.accumulate = 2;
        program.length = new Duration(2, Unit.EPOCHS);
        TrainingResult result = train();
        assertThat(result.steps()).isEqualTo(4);
        assertThat(program.rows).containsExactly(4, 4, 2, 4, 4, 2);
        assertThat(program.draws).containsExactly(0L, 1L, 2L, 4L, 5L, 6L);
    }

    @Test
    void accumulationEqualsALargerBatch() {
        program.shuffle = ShuffleOrder.NONE;
        program.batch = 5;
        program.accumulate = 2;
        float small = train().state().parameters()[0];
        program.batch = 10;
        program.accumulate = 1;
        assertThat(train().state().parameters()[0]).isCloseTo(small, within(1e-6f));
    }

    /**
     * By hand, from w = 0: the mean of -x y = -3 x² over 0.1, …, 1 is -1.155; the last two examples alone would count
     * -2.715.
     */
    @Test
    void anIncompleteMicroBatchCountsByItsExamples() {
        program.shuffle = ShuffleOrder.NONE;
        program.accumulate = 3;
        program.length = new Duration(1, Unit.EPOCHS);
        assertThat(train().state().parameters()[0]).isCloseTo(0.1155f, within(1e-7f));
        assertThat(program.rows).containsExactly(4, 4, 2);
        program.batch = 3;
        program.accumulate = 4;
        assertThat(train().state().parameters()[0]).isCloseTo(0.1155f, within(1e-7f));
    }

    @Test
    void theNormOfAccumulatedGradientsIsThatOfTheirMean() {
        program.shuffle = ShuffleOrder.NONE;
        program.accumulate = 3;
        program.length = new Duration(1, Unit.EPOCHS);
        program.stop = Optional.of(new StopCondition.Compare(GRADIENT_NORM, StopCondition.Relation.GREATER, 1.154));
        assertThat(train().reason()).isEqualTo(new Condition("gradient_norm > 1.154"));
        program.stop = Optional.of(new StopCondition.Compare(GRADIENT_NORM, StopCondition.Relation.GREATER, 1.156));
        assertThat(train().reason()).isEqualTo(new Finished());
    }

    @Test
    void takesTheFullBatch() {
        program.batch = 0;
        train();
        assertThat(program.capacity).isEqualTo(10);
        assertThat(program.rows).containsExactly(10, 10, 10);
    }

    @Test
    void shufflesAsAsked() {
        program.batch = 1;
        program.length = new Duration(2, Unit.EPOCHS);
        program.shuffle = ShuffleOrder.NONE;
        train();
        assertThat(program.firstInputs).startsWith(0.1f, 0.2f, 0.3f).hasSize(20);
        List<Float> once = inputs(ShuffleOrder.ONCE);
        assertThat(once.subList(0, 10)).isEqualTo(once.subList(10, 20));
        assertThat(once).isNotEqualTo(inputs(ShuffleOrder.NONE));
        List<Float> each = inputs(ShuffleOrder.EVERY_EPOCH);
        assertThat(each.subList(0, 10))
                .isNotEqualTo(each.subList(10, 20))
                .containsExactlyInAnyOrderElementsOf(each.subList(10, 20));
    }

    private List<Float> inputs(ShuffleOrder order) {
        program.shuffle = order;
        program.firstInputs.clear();
        train();
        return List.copyOf(program.firstInputs);
    }

    @Test
    void givesTheSameBitsForTheSameSeed() {
        program.noise = 0.5;
        float[] first = train().state().parameters();
        assertThat(trainer().threads(2).train().state().parameters()).containsExactly(first);
        assertThat(trainer().seed(6).train().state().parameters()).isNotEqualTo(first);
    }

    @Test
    void splitsEvaluatesAndKeepsTheBest() {
        program.train = 0.6;
        program.validation = 0.2;
        program.test = 0.2;
        program.splitSeed = OptionalLong.of(1);
        program.keep = Optional.of(VALIDATION_MAE);
        program.lr = 2.6;
        program.length = new Duration(30, Unit.EPOCHS);
        TrainingResult result = train();
        double best = result.history().stream()
                .mapToDouble(epoch -> epoch.validation().orElseThrow().value("mae"))
                .min()
                .orElseThrow();
        assertThat(result.validation().orElseThrow().value("mae")).isEqualTo(best);
        EpochReport kept = result.history().get((int) result.bestEpoch().orElseThrow() - 1);
        assertThat(kept.best()).isTrue();
        assertThat(kept.validation()).isEqualTo(result.validation());
        assertThat(result.test()).isPresent();
    }

    @Test
    void averagesMetricsByExamples() {
        program.validation = 1;
        program.train = 0.5;
        program.validation = 0.5;
        program.length = new Duration(1, Unit.STEPS);
        TrainingResult result = train();
        float w = result.state().parameters()[0];
        double expected = 0;
        for (int i = 6; i <= 10; i++) {
            expected += Math.abs((w - 3) * i / 10.0) / 5;
        }
        assertThat(result.validation().orElseThrow().value("mae")).isCloseTo(expected, within(1e-6));
    }

    @Test
    void stopsOnConditions() {
        program.train = 0.8;
        program.validation = 0.2;
        program.length = new Duration(1000, Unit.EPOCHS);
        program.stop = Optional.of(new StopCondition.Or(
                new StopCondition.Compare(VALIDATION_MAE, StopCondition.Relation.LESS, 0.01),
                new StopCondition.After(new Duration(600, Unit.SECONDS))));
        TrainingResult result = train();
        assertThat(result.reason()).isEqualTo(new Condition("validation.mae < 0.01"));
        assertThat(result.validation().orElseThrow().value("mae")).isLessThan(0.01);
        assertThat(result.history()
                        .get(result.history().size() - 2)
                        .validation()
                        .orElseThrow()
                        .value("mae"))
                .isGreaterThanOrEqualTo(0.01);
    }

    @Test
    void stopsWhenAMetricStalls() {
        program.train = 0.8;
        program.validation = 0.2;
        program.lr = 0;
        program.length = new Duration(1000, Unit.EPOCHS);
        program.stop = Optional.of(new StopCondition.Stalls(VALIDATION_MAE, new Duration(6, Unit.EPOCHS)));
        TrainingResult result = train();
        assertThat(result.reason()).isEqualTo(new Condition("validation.mae stalled for 6 epochs"));
        assertThat(result.history()).hasSize(7);
    }

    /**
     * Eight steps an epoch: nothing is known before the first is over, and the second is the first that could be
     * better.
     */
    @Test
    void aStallIsLookedAtWhenThereIsANewMeasurement() {
        program.train = 0.8;
        program.validation = 0.2;
        program.batch = 1;
        program.lr = 0;
        program.length = new Duration(1000, Unit.EPOCHS);
        assertThat(stepsUntilStall(5)).isEqualTo(16);
        assertThat(stepsUntilStall(8)).isEqualTo(16);
        assertThat(stepsUntilStall(9)).isEqualTo(24);
        assertThat(stepsUntilStall(16)).isEqualTo(24);
    }

    @Test
    void whatImprovesDoesNotStall() {
        program.train = 0.8;
        program.validation = 0.2;
        program.batch = 1;
        program.lr = 0.01;
        program.length = new Duration(5, Unit.EPOCHS);
        assertThat(stepsUntilStall(5)).isEqualTo(40);
    }

    private long stepsUntilStall(int steps) {
        program.stop = Optional.of(new StopCondition.Stalls(VALIDATION_MAE, new Duration(steps, Unit.STEPS)));
        return train().steps();
    }

    /** First measured in step 1. */
    @Test
    void theLossStallsWithoutData() {
        program.withoutData = true;
        program.lr = 0;
        program.length = new Duration(1000, Unit.STEPS);
        program.stop = Optional.of(
                new StopCondition.Stalls(new MetricReference("", "loss", false), new Duration(200, Unit.STEPS)));
        TrainingResult result = train();
        assertThat(result.steps()).isEqualTo(201);
        assertThat(result.reason()).isEqualTo(new Condition("loss stalled for 200 steps"));
    }

    @Test
    void stopsOnTheGradientNorm() {
        program.withoutData = true;
        program.length = new Duration(10_000, Unit.STEPS);
        program.stop = Optional.of(new StopCondition.Compare(GRADIENT_NORM, StopCondition.Relation.LESS, 1e-3));
        TrainingResult result = train();
        assertThat(result.reason()).isEqualTo(new Condition("gradient_norm < 0.001"));
        assertThat(result.steps()).isLessThan(1000);
    }

    @Test
    void minimisesAPlainFunction() {
        program.withoutData = true;
        program.length = new Duration(100, Unit.STEPS);
        TrainingResult result = train();
        assertThat(result.state().parameters()[0]).isCloseTo(2, within(1e-3f));
        assertThat(result.train().orElseThrow().loss()).isLessThan(1e-6);
        assertThat(result.history()).hasSize(1);
        assertThat(program.rows).hasSize(100).containsOnly(1);
    }

    @Test
    void followsSchedules() {
        var warmup = new ScheduleDescription.Segment(
                "warmup(6 steps)", new Duration(6, Unit.STEPS), List.of(new Duration(6, Unit.STEPS)));
        var decay = new ScheduleDescription.Segment("decay", LinearProgram.REST, List.of(LinearProgram.REST));
        program.schedules = List.of(new ScheduleDescription("warmup then decay", List.of(0), List.of(warmup, decay)));
        List<Double> rates = new ArrayList<>();
        trainer().train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                rates.add(progress.hyperparameters()[0]);
            }
        });
        assertThat(rates.subList(0, 6))
                .containsExactly(0.1 / 6, 0.2 / 6, 0.1 * 3 / 6, 0.1 * 4 / 6, 0.1 * 5 / 6, 0.1 * 6 / 6);
        assertThat(rates.subList(6, 9)).containsExactly(0.1, 0.1 - 1e-3, 0.1 - 2e-3);
    }

    @Test
    void stopsBeforeAScheduleLeavesTheRangeOfWhatItDrives() {
        var warmup = new ScheduleDescription.Segment(
                "warmup(1 steps)", new Duration(1, Unit.STEPS), List.of(new Duration(1, Unit.STEPS)));
        var decay = new ScheduleDescription.Segment("decay", LinearProgram.REST, List.of());
        program.schedules = List.of(new ScheduleDescription("warmup then decay", List.of(0), List.of(warmup, decay)));
        program.lr = 5e-4;
        TrainingResult result =
                catchThrowableOfType(TrainingFailedException.class, this::train).result();
        assertThat(result.reason())
                .isEqualTo(new OutOfRange(
                        3,
                        "schedule `warmup then decay` gives optimizer.lr the value -5e-4, which must be at least 0"));
        assertThat(result.steps()).isEqualTo(2);
        assertThat(result.state().isFinite()).isTrue();
    }

    @Test
    void refusesASegmentThatIsNeverReached() {
        var warmup = new ScheduleDescription.Segment("warmup(3 epochs)", new Duration(3, Unit.EPOCHS), List.of());
        var decay = new ScheduleDescription.Segment("decay", LinearProgram.REST, List.of());
        program.schedules = List.of(new ScheduleDescription("warmup then decay", List.of(0), List.of(warmup, decay)));
        assertThatThrownBy(this::train)
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "line.opt: schedule `warmup then decay`: `decay` begins after 9 steps, and the run ends after 9");
    }

    @Test
    void endsCleanlyWhenAsked() {
        program.train = 0.8;
        program.validation = 0.2;
        Trainer trainer = trainer();
        TrainingResult result = trainer.train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.steps() == 3) {
                    trainer.requestStop();
                }
            }
        });
        assertThat(result.reason()).isEqualTo(new Interrupted());
        assertThat(result.steps()).isEqualTo(3);
        assertThat(result.validation()).isPresent();
        assertThat(result.train()).isEmpty();
        assertThat(result.history()).as("epochs that were not cut short").hasSize(1);
        assertThat(trainer.train().steps()).isZero();
    }

    /**
     * Whoever asked for the end may not wait: an epoch that was cut short is not evaluated, and the result is there
     * before its scores.
     */
    @Test
    void tellsTheResultBeforeItIsEvaluated() {
        program.train = 0.8;
        program.validation = 0.2;
        Trainer trainer = trainer();
        List<TrainingResult> heard = new ArrayList<>();
        TrainingResult result = trainer.train(TrainingListener.silent().then(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.steps() == 3) {
                    trainer.requestStop();
                    program.evaluations = 0;
                }
            }

            @Override
            public void onTrained(Progress progress, TrainingResult trained) {
                assertThat(program.evaluations).isZero();
                heard.add(trained);
            }
        }));
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().validation()).isEmpty();
        assertThat(heard.getFirst().state()).isSameAs(result.state());
        assertThat(heard.getFirst().steps()).isEqualTo(3);
        assertThat(program.evaluations).isEqualTo(1);
    }

    @Test
    void evaluatesTheTrainingExamplesOnceAfterAnEpoch() {
        TrainingResult result = train();
        double w = result.state().parameters()[0];
        assertThat(result.train().orElseThrow().loss()).isCloseTo((w - 3) * (w - 3) * 0.385 / 2, within(1e-6));
        assertThat(program.evaluations).as("batches of 4, 4 and 2").isEqualTo(3);
        program.length = new Duration(2, Unit.STEPS);
        assertThat(train().train()).as("less than an epoch").isEmpty();
    }

    @Test
    void reportsMistakesOfItsUser() {
        assertThatThrownBy(() -> trainer().set("optimizer.rate", 1))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "LineTraining has no number optimizer.rate to set: it has optimizer.lr, noise, epochs, steps, seed");
        assertThatThrownBy(() -> trainer().threads(0))
                .isInstanceOf(UserException.class)
                .hasMessage("Training needs at least 1 thread, not 0");
        assertThatThrownBy(() -> trainer().set("optimizer.lr", -1))
                .isInstanceOf(UserException.class)
                .hasMessage("optimizer.lr must be at least 0, not -1");
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e39}) {
            assertThatThrownBy(() -> trainer().set("noise", value))
                    .isInstanceOf(UserException.class)
                    .hasMessage("noise must be a finite number, not " + NumberText.of(value));
        }
        program.keep = Optional.of(VALIDATION_MAE);
        assertThatThrownBy(this::train)
                .isInstanceOf(UserException.class)
                .hasMessage("line.opt: LineTraining needs validation.mae, but its data has no validation split");
    }

    @Test
    void overridesNumbersAndLength() {
        TrainingResult still = trainer()
                .set("optimizer.lr", 0)
                .length(new Duration(2, Unit.STEPS))
                .train();
        assertThat(still.steps()).isEqualTo(2);
        assertThat(still.state().parameters()).containsExactly(0);
    }

    @Test
    void tellsProgress() {
        List<String> heard = new ArrayList<>();
        program.length = new Duration(4, Unit.STEPS);
        trainer().train(new TrainingListener() {
            @Override
            public void onStart(Progress progress) {
                heard.add("start of " + progress.plan().epochs());
            }

            @Override
            public void onStep(Progress progress) {
                assertThat(progress.examplesPerSecond()).isPositive();
                assertThat(progress.secondsLeft()).isNotNegative();
                heard.add(progress.epoch() + ":" + progress.steps());
            }

            @Override
            public void onEpoch(Progress progress, EpochReport report) {
                heard.add("epoch " + report.epoch());
            }
        });
        assertThat(heard).containsExactly("start of 2", "1:1", "1:2", "1:3", "epoch 1", "2:4", "epoch 2");
    }

    @Test
    void allocatesNothingInAStep() {
        program.recording = false;
        program.stop = Optional.of(
                new StopCondition.Compare(new MetricReference("", "loss", false), StopCondition.Relation.LESS, -1));
        program.length = new Duration(3000, Unit.STEPS);
        program.withoutData = true;
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] marks = new long[2];
        trainer().train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.steps() == 100) {
                    marks[0] = bean.getCurrentThreadAllocatedBytes();
                } else if (progress.steps() == 2900) {
                    marks[1] = bean.getCurrentThreadAllocatedBytes();
                }
            }
        });
        // The JVM may allocate a few bytes once, for a late link: that is less than a byte a step.
        assertThat(marks[1] - marks[0]).isLessThan(2800);
    }

    private TrainingResult train() {
        return trainer().train();
    }

    private Trainer trainer() {
        return new Trainer(program).folders(DataFolders.of(folder)).threads(1);
    }

    @Test
    void epochsStepsAndSeedAreSetAsOnTheCommandLine() {
        assertThat(trainer().set("epochs", 2).train().history()).hasSize(2);
        assertThat(trainer().set("steps", 3).train().steps()).isEqualTo(3);
        assertThat(trainer().set("seed", 9).train().state().parameters())
                .isEqualTo(trainer().seed(9).train().state().parameters());
    }

    @Test
    void whatCannotBeSetIsSaid() {
        assertThatThrownBy(() -> trainer().set("epochs", 0)).hasMessage("epochs must be 1 or more, not 0");
        assertThatThrownBy(() -> trainer().set("seed", 1.5)).hasMessage("seed must be a whole number, not 1.5");
        assertThatThrownBy(() -> trainer().set("batch", 8))
                .hasMessage(
                        "batch is fixed at compile time: set it in the file, or with --set when `descent` compiles it");
    }

    @Test
    void aResultInALine() {
        assertThat(trainer().set("epochs", 1).train().toString())
                .startsWith("LineTraining finished, ")
                .hasSizeLessThan(300);
    }
}
