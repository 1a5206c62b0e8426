package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.descentlang.description.Duration;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.data.DataFolders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that are more than a gradient and an update, on programs that know nothing of it. */
class UpdateProcedureTest {
    @TempDir
    Path folder;

    private final LinearProgram line = new LinearProgram();

    /** The trajectory of {@code armijo.py}, to the bit: 40 steps that ask for the loss up to 11 times each. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLineSearchAsksForTheLossSeveralTimesAStep(boolean hasLoss) {
        var program = new RosenbrockProgram();
        program.hasLoss = hasLoss;
        var search = new ArmijoSearch(2);
        List<Double> losses = new ArrayList<>();
        TrainingResult result = new Trainer(program).procedure(search).train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                losses.add(progress.loss());
            }
        });
        List<String[]> expected = expected();
        assertThat(search.asked)
                .isEqualTo(expected.stream().map(row -> Integer.valueOf(row[3])).toList())
                .contains(11);
        assertThat(losses)
                .isEqualTo(expected.stream().map(row -> Double.valueOf(row[2])).toList());
        String[] last = expected.getLast();
        assertThat(result.state().parameters()).containsExactly(Float.parseFloat(last[0]), Float.parseFloat(last[1]));
        assertThat(result.train().orElseThrow().loss()).isLessThan(losses.getLast());
    }

    /** Steps of the rule with signs for gradients: v = v / 2 + lr, so that w is 2 lr (n - (1 - 2⁻ⁿ)) after n steps. */
    @Test
    void gradientsMayChangeBeforeTheUpdate() throws IOException {
        LineData.write(folder);
        float[] gradient = new float[1];
        TrainingResult result = trainer()
                .procedure(batch -> {
                    batch.gradient();
                    batch.memory().read(StepArray.GRADIENTS, gradient);
                    gradient[0] = Math.signum(gradient[0]);
                    batch.memory().write(StepArray.GRADIENTS, gradient);
                    batch.update();
                    return true;
                })
                .train();
        assertThat(result.steps()).isEqualTo(9);
        assertThat(result.state().parameters()[0]).isCloseTo(0.2f * (8 + 1 / 512f), within(1e-6f));
    }

    /** Halved gradients of accumulated micro-batches with the rate doubled: by hand 0.1155, as in TrainerTest. */
    @Test
    void whatAProcedureSeesIsTheMeanOverTheStep() throws IOException {
        LineData.write(folder);
        line.shuffle = TrainingDescription.ShuffleOrder.NONE;
        line.accumulate = 3;
        line.lr = 0.2;
        line.length = new Duration(1, Duration.Unit.STEPS);
        float[] gradient = new float[1];
        TrainingResult result = trainer()
                .procedure(batch -> {
                    batch.gradient();
                    assertThat(batch.examples()).isEqualTo(10);
                    batch.memory().read(StepArray.GRADIENTS, gradient);
                    assertThat(gradient[0]).isCloseTo(-1.155f, within(1e-6f));
                    assertThat(batch.norm()).isCloseTo(1.155, within(1e-6));
                    gradient[0] /= 2;
                    batch.memory().write(StepArray.GRADIENTS, gradient);
                    batch.update();
                    return true;
                })
                .train();
        assertThat(result.state().parameters()[0]).isCloseTo(0.1155f, within(1e-7f));
    }

    /** Random numbers do not change within a step, and running state is that of one gradient. */
    @Test
    void theLossIsThatOfTheGradient() throws IOException {
        LineData.write(folder);
        line.accumulate = 3;
        line.noise = 0.5;
        TrainingResult expected = trainer().train();
        TrainingResult found = trainer()
                .procedure(batch -> {
                    double before = batch.loss();
                    assertThat(batch.gradient()).isEqualTo(before);
                    batch.update();
                    assertThat(batch.loss()).isNotEqualTo(before);
                    return true;
                })
                .train();
        assertThat(found.state().parameters()).containsExactly(expected.state().parameters());
        assertThat(found.state().running()).containsExactly(expected.state().running());
        assertThat(found.meanTrainLoss()).isEqualTo(expected.meanTrainLoss());
    }

    private Trainer trainer() {
        return new Trainer(line).folders(DataFolders.of(folder)).threads(1);
    }

    private static List<String[]> expected() {
        try (InputStream table = UpdateProcedureTest.class.getResourceAsStream("/training/armijo.csv")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
