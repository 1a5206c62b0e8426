package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;
import org.descentlang.description.Initializer;
import org.descentlang.description.MetricReference;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.StopCondition;
import org.descentlang.runtime.data.DataFolders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunWarningsTest {
    private static final MetricReference VALIDATION_LOSS = new MetricReference("validation", "loss", false);

    @TempDir
    Path folder;

    private final LinearProgram program = new LinearProgram();

    @BeforeEach
    void writeData() throws IOException {
        LineData.write(folder);
    }

    @Test
    void aGoodRunIsNotBlamed() {
        assertThat(train().warnings()).isEmpty();
        program.withoutData = true;
        assertThat(train().warnings()).isEmpty();
    }

    /** From w = 0 the loss is 9 * 0.385 / 2 = 1.7325; with this rate it grows in every step. */
    @Test
    void aLossThatRoseFarAboveWhereItBegan() {
        program.lr = 10;
        program.length = new Duration(5, Unit.EPOCHS);
        TrainingResult result = train();
        double end = result.train().orElseThrow().loss();
        assertThat(end).isGreaterThan(100);
        assertThat(result.warnings())
                .containsExactly(
                        String.format("the training loss is %.4g, far above the 1.733 of the initial parameters", end));
    }

    @ParameterizedTest
    @CsvSource({
        "9, 1, false",
        "11, 1, true",
        "-2, -3, false",
        "25, -3, true",
        "1e-7, 0, false",
        "1, 0, true",
        "1e-7, 1e-9, false",
        "0, 1, false",
        "Infinity, 1, true",
        "NaN, 1, false",
        "1, NaN, false"
    })
    void farAboveIsTenTimes(double loss, double start, boolean far) {
        assertThat(RunWarnings.isFarAbove(loss, start)).isEqualTo(far);
    }

    @Test
    void parametersThatNeverChanged() {
        program.lr = 0;
        assertThat(train().warnings())
                .containsExactly("no parameter changed in 9 updates: every gradient, or the learning rate, was 0");
    }

    /** Ten examples, half of them in batches of one: five steps an epoch. */
    @Test
    void aStallShorterThanAnEpoch() {
        program.train = 0.5;
        program.validation = 0.5;
        program.batch = 1;
        program.stop = Optional.of(new StopCondition.Or(
                new StopCondition.Stalls(VALIDATION_LOSS, new Duration(4, Unit.STEPS)),
                new StopCondition.And(
                        new StopCondition.Stalls(VALIDATION_LOSS, new Duration(5, Unit.STEPS)),
                        new StopCondition.Stalls(VALIDATION_LOSS, new Duration(4, Unit.SAMPLES)))));
        List<String> heard = new ArrayList<>();
        TrainingResult result = trainer().train(new TrainingListener() {
            @Override
            public void onWarning(Progress progress, String warning) {
                assertThat(progress.steps()).as("before the first step").isZero();
                heard.add(warning);
            }
        });
        assertThat(heard)
                .containsExactly(
                        "`validation.loss stalls for 4 steps`: validation.loss is measured once per epoch,"
                                + " which is 5 steps, so the first epoch that is not better ends the run",
                        "`validation.loss stalls for 4 samples`: validation.loss is measured once per epoch,"
                                + " which is 5 steps, so the first epoch that is not better ends the run");
        assertThat(result.warnings()).isEqualTo(heard);
    }

    @Test
    void scoresThatAreNoNumbers() {
        var nothing = new Evaluation(Double.NaN, java.util.Map.of());
        var endless = new Evaluation(Double.POSITIVE_INFINITY, java.util.Map.of());
        assertThat(new FinalScores(Optional.empty(), Optional.of(nothing), Optional.of(endless)).warnings())
                .containsExactly(
                        "the validation loss of the final parameters is not a number",
                        "the test loss of the final parameters is infinite");
    }

    @Test
    void unitsThatAreEqual() {
        assertThat(equalUnits("weight", 1, 2, 3, 1, 2, 3)).isFalse();
        assertThat(equalUnits("weight", 1, 1, 1, 2, 2, 2)).isTrue();
        assertThat(equalUnits("embedding", 0, 0, 0, 0, 0, 0)).isTrue();
        assertThat(equalUnits("gain", 1, 1, 1, 1, 1, 1)).isFalse();
        assertThat(equalUnits("weight", 1, 1, 1, 1, 1, Math.nextUp(1f))).isFalse();
    }

    /** Two inputs, three units. */
    private boolean equalUnits(String role, float... values) {
        var weight = new ParameterDescription("w", role, List.of(2, 3), 0, new Initializer.Constant(0));
        var description = program.describing(List.of(weight), 6);
        return !RunWarnings.equalUnits(description, new TrainingState(values, new float[0], new float[0]))
                .isEmpty();
    }

    /** One output has nobody to be equal to, and what is frozen is as it was meant to be. */
    @Test
    void oneUnitAndFrozenOnesAreExempt() {
        var column = new ParameterDescription("w", "weight", List.of(6, 1), 0, new Initializer.Constant(0));
        var state = new TrainingState(new float[6], new float[0], new float[0]);
        assertThat(RunWarnings.equalUnits(program.describing(List.of(column), 6), state))
                .isEmpty();
        var fixed = new ParameterDescription("w", "weight", List.of(2, 3), 0, new Initializer.Constant(0));
        assertThat(RunWarnings.equalUnits(program.describing(List.of(fixed), 0), state))
                .isEmpty();
        assertThat(RunWarnings.equalUnits(program.describing(List.of(fixed), 6), state))
                .containsExactly(
                        "the 3 units of `w` started equal and are still equal after an epoch: they all learn the same."
                                + " Use random initial values");
    }

    private TrainingResult train() {
        return trainer().train();
    }

    private Trainer trainer() {
        return new Trainer(program).folders(DataFolders.of(folder)).threads(1);
    }
}
