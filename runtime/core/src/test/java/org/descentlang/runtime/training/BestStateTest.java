package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.descentlang.description.MetricReference;
import org.descentlang.runtime.thread.Team;
import org.junit.jupiter.api.Test;

class BestStateTest {
    private static final MetricReference ACCURACY = new MetricReference("validation", "accuracy", true);

    private final Measurements latest = new Measurements(new LinearProgram().description());

    @Test
    void keepsTheLargestAndAmongEqualsTheLowerLoss() {
        try (Team team = Team.of(1);
                TrainingStep step = new LinearProgram().open(1, team)) {
            BestState best = new BestState(step, Optional.of(ACCURACY));
            assertThat(offer(best, step, 1, Double.NaN, 5)).isFalse();
            assertThat(offer(best, step, 2, 0.9, 0.5)).isTrue();
            assertThat(offer(best, step, 3, 0.8, 0.1)).isFalse();
            assertThat(offer(best, step, 4, 0.9, 0.6)).isFalse();
            assertThat(offer(best, step, 5, 0.9, 0.4)).isTrue();
            assertThat(offer(best, step, 6, Double.NaN, 0)).isFalse();
            assertThat(best.epoch()).hasValue(5);
            best.restore();
            assertThat(parameter(step)).isEqualTo(5);
        }
    }

    @Test
    void keepsNothingUnasked() {
        try (Team team = Team.of(1);
                TrainingStep step = new LinearProgram().open(1, team)) {
            BestState best = new BestState(step, Optional.empty());
            assertThat(offer(best, step, 1, 1, 0)).isFalse();
            step.load(state(step, 7));
            best.restore();
            assertThat(parameter(step)).isEqualTo(7);
            assertThat(best.epoch()).isEmpty();
        }
    }

    /** The state of an epoch is its number. */
    private boolean offer(BestState best, TrainingStep step, int epoch, double accuracy, double loss) {
        step.load(state(step, epoch));
        latest.measured(SplitName.VALIDATION, new Evaluation(loss, Map.of("accuracy", accuracy)));
        return best.offer(epoch, latest);
    }

    private static TrainingState state(TrainingStep step, float parameter) {
        TrainingState state = TrainingState.allocate(step.description());
        state.parameters()[0] = parameter;
        return state;
    }

    private static float parameter(TrainingStep step) {
        TrainingState state = TrainingState.allocate(step.description());
        step.save(state);
        return state.parameters()[0];
    }
}
