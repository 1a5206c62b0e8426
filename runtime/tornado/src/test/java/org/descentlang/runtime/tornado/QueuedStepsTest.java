package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StopReason.Nonfinite;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingFailedException;
import org.descentlang.runtime.training.TrainingResult;
import org.descentlang.runtime.training.TrainingState;
import org.junit.jupiter.api.Test;

/** `read loss every n steps`: the same training, for which the host waits less often. */
final class QueuedStepsTest {
    private final CompiledTrainings compiled = CompiledTrainings.of(Path.of("src/test/resources/queue.opt"), "gpu");

    /** 41 steps of 13 batches an epoch, the last of which is smaller: losses and parameters have the same bits. */
    @Test
    void sameBits() {
        TrainingResult oneByOne = train("OneByOne");
        TrainingResult together = train("Together");
        assertThat(together.steps()).isEqualTo(41);
        assertThat(together.state().parameters())
                .containsExactly(oneByOne.state().parameters());
        assertThat(together.state().states()).containsExactly(oneByOne.state().states());
        for (int epoch = 0; epoch < 4; epoch++) {
            double expected = oneByOne.history().get(epoch).meanTrainLoss();
            assertThat(together.history().get(epoch).meanTrainLoss() / expected - 1)
                    .isBetween(-1e-14, 1e-14);
        }
    }

    /** The first step, then 10 and 2 of the first epoch; epochs have 13. */
    @Test
    void theHostWaitsEveryTenSteps() {
        List<String> run = new ArrayList<>();
        Device device = new Recorded(new SequentialJava(), seen -> run.add(seen.program()));
        new Trainer(compiled.on(device, "Together")).train();
        assertThat(waits(run)).containsExactly(1, 10, 2, 10, 3, 10, 3, 2);
    }

    /** After k steps p is 2 (-23)^k, whose square is more than 2^128 from k = 14 on. */
    @Test
    void aLossThatIsNotFiniteIsThatOfItsStep() {
        var oneByOne = (Nonfinite) failed("FailsOneByOne").reason();
        TrainingResult together = failed("FailsTogether");
        assertThat(together.reason()).isEqualTo(oneByOne);
        assertThat(oneByOne.step()).isEqualTo(15);
        assertThat(together.steps()).isEqualTo(14);
    }

    /** Uploads are not waited for, and the host writes to their arrays again. */
    @Test
    void whateverIsUploadedIsWaitedFor() {
        List<StepProgram> seen = new ArrayList<>();
        Device device = new Opened(new SequentialJava(), seen::addAll);
        try (Team team = Team.of(1);
                var step = compiled.on(device, "Together").open(8, team)) {
            step.load(TrainingState.allocate(step.description()));
        }
        assertThat(seen)
                .hasSizeGreaterThan(10)
                .allSatisfy(program -> assertThat(program.uploads().isEmpty()
                                || !program.downloads().isEmpty())
                        .as(program.name())
                        .isTrue());
    }

    /** How many steps ran before the host waited for their losses. */
    private static List<Integer> waits(List<String> programs) {
        List<Integer> steps = new ArrayList<>();
        int next = 0;
        for (String program : programs) {
            switch (program) {
                case "queue" -> next = 0;
                case "next" -> next++;
                case "losses" -> steps.add(next);
                default -> {}
            }
        }
        return steps;
    }

    private TrainingResult train(String training) {
        return new Trainer(compiled.on(Devices.find("0:0"), training)).train();
    }

    private TrainingResult failed(String training) {
        return catchThrowableOfType(TrainingFailedException.class, () -> train(training))
                .result();
    }
}
