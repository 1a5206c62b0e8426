package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.training.StopReason.Interrupted;
import org.descentlang.runtime.training.StopReason.Nonfinite;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps whose losses are read together come to the same as steps whose losses are read one by one. */
class StepQueueTest {
    @TempDir
    Path folder;

    private final LinearProgram program = new LinearProgram();

    @BeforeEach
    void writeData() throws IOException {
        LineData.write(folder);
        program.noise = 0.1;
    }

    /** Three steps an epoch; the first is read at once, and nothing waits at the end of an epoch. */
    @Test
    void lossesAreReadTogether() {
        TrainingResult oneByOne = trainer().train();
        program.queueLength = 2;
        TrainingResult together = trainer().train();
        assertThat(program.read).isEqualTo(List.of(1, 2, 2, 1, 2, 1));
        assertThat(together.state().parameters())
                .containsExactly(oneByOne.state().parameters());
        assertThat(together.steps()).isEqualTo(9);
        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(together.history().get(epoch).meanTrainLoss())
                    .isCloseTo(oneByOne.history().get(epoch).meanTrainLoss(), within(1e-15));
        }
    }

    @Test
    void aLossThatIsNotFiniteIsThatOfItsStep() {
        program.lr = 1e12;
        program.length = new Duration(40, Unit.EPOCHS);
        TrainingResult oneByOne = failed();
        for (int length : new int[] {2, 3, 50}) {
            program.queueLength = length;
            TrainingResult together = failed();
            assertThat(together.reason()).isEqualTo(oneByOne.reason()).isInstanceOf(Nonfinite.class);
            assertThat(together.state().parameters())
                    .containsExactly(oneByOne.state().parameters());
            assertThat(together.state().running())
                    .containsExactly(oneByOne.state().running());
        }
    }

    @Test
    void aGradientThatIsNotFiniteIsThatOfItsStep() {
        program.badGradientAt = 704;
        program.batch = 1;
        program.queueLength = 7;
        program.length = new Duration(100, Unit.EPOCHS);
        assertThat(failed().reason()).isEqualTo(new Nonfinite(705, "line.opt:7 sqrt"));
    }

    /** Ten steps an epoch. */
    @Test
    void whoAsksForTheEndGetsTheLossesSoFar() {
        program.batch = 1;
        program.queueLength = 50;
        var trainer = trainer();
        TrainingResult stopped = trainer.train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.steps() == 5) {
                    trainer.requestStop();
                }
            }
        });
        assertThat(stopped.reason()).isEqualTo(new Interrupted());
        assertThat(program.read).isEqualTo(List.of(1, 4));
        program.queueLength = 1;
        program.length = new Duration(5, Unit.STEPS);
        assertThat(stopped.meanTrainLoss()).isCloseTo(trainer().train().meanTrainLoss(), within(1e-15));
    }

    /** What looks at gradients needs each step to be over before its update. */
    @Test
    void stepsThatAreSkippedWaitForNothing() {
        program.queueLength = 50;
        program.skipNonfinite = true;
        trainer().train();
        assertThat(program.read).isEmpty();
    }

    private TrainingResult failed() {
        return catchThrowableOfType(
                        TrainingFailedException.class, () -> trainer().train())
                .result();
    }

    private Trainer trainer() {
        return new Trainer(program).folders(DataFolders.of(folder)).threads(1);
    }
}
