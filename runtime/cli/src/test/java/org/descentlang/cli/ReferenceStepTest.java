package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.descentlang.description.ProgramRole;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferenceStepTest {
    private final ReferenceStep step = new ReferenceStep(Ravine.training(), 1);
    private final StepScalars scalars = new StepScalars(new double[] {0.25, 0.5});

    @BeforeEach
    void start() {
        var state = TrainingState.allocate(step.description());
        state.parameters()[0] = -4;
        state.parameters()[1] = 1.5f;
        step.load(state);
    }

    private double gradient() {
        return step.run(ProgramRole.GRADIENT, 1, scalars)[0];
    }

    private double norm() {
        return step.run(ProgramRole.GRADIENT_NORM, 1, scalars)[0];
    }

    @Test
    void stepsByHand() {
        assertThat(gradient()).isEqualTo(0.5 * (16 + 2.25));
        assertThat(norm()).isCloseTo(Math.sqrt(16 + 2.25), within(1e-15));
        step.run(ProgramRole.UPDATE, 1, scalars);
        assertThat(parameters()).containsExactly(-3, 1.125); // v = -0.25 g
        gradient();
        step.run(ProgramRole.UPDATE, 1, scalars);
        assertThat(parameters()).containsExactly(-1.75, 0.65625); // v = 0.5 v - 0.25 g
    }

    @Test
    void microBatchesAreAveraged() {
        gradient();
        step.sumGradients(1, true);
        gradient();
        step.sumGradients(1, false);
        step.averageGradients(0.5);
        step.run(ProgramRole.UPDATE, 1, scalars);
        assertThat(parameters()).containsExactly(-3, 1.125);
    }

    @Test
    void anIncompleteMicroBatchCountsLess() {
        gradient();
        step.sumGradients(1, true);
        gradient();
        step.sumGradients(0.5, false);
        step.averageGradients(1);
        assertThat(norm()).isCloseTo(1.5 * Math.sqrt(16 + 2.25), within(1e-15));
    }

    @Test
    void savesWhatItLoads() {
        gradient();
        step.run(ProgramRole.UPDATE, 1, scalars);
        var state = TrainingState.allocate(step.description());
        step.save(state);
        assertThat(state.parameters()).containsExactly(-3, 1.125f);
        assertThat(state.states()).containsExactly(1, -0.375f);
    }

    @Test
    void evaluatesAndSchedules() {
        assertThat(step.run(ProgramRole.EVALUATION, 1, scalars)).containsExactly(0.5 * (16 + 2.25));
        assertThat(step.scheduled(0, 0, 0.25, 2, new double[0])).isEqualTo(0.0625);
    }

    @Test
    void namesWhatIsNotFinite() {
        gradient();
        assertThat(step.firstNonfinite(1, scalars)).isEmpty();
        var state = TrainingState.allocate(step.description());
        state.parameters()[0] = Float.POSITIVE_INFINITY;
        step.load(state);
        gradient();
        assertThat(step.firstNonfinite(1, scalars)).isEqualTo("gradient");
    }

    private double[] parameters() {
        return Objects.requireNonNull(step.parameters().get("p"));
    }
}
