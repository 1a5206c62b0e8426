package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.descentlang.description.Duration;
import org.descentlang.description.Duration.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPlanTest {
    /** Ten examples in batches of four are steps of 4, 4 and 2: twelve micro-batches of four would be too many. */
    @ParameterizedTest
    @CsvSource({"100, 30", "10, 3", "8, 2", "9, 2.5", "4, 1", "2, 0.5", "0, 0", "23, 6.75", "25, 7.25"})
    void samplesAreExamplesThatStepsHaveSeen(double samples, double steps) {
        assertThat(steps(new RunPlan(10, 4, 1, 3, 30), samples)).isEqualTo(steps);
    }

    /** Steps of 8 and 2. */
    @ParameterizedTest
    @CsvSource({"100, 20", "10, 2", "8, 1", "9, 1.5", "14, 2.5"})
    void accumulationMakesStepsOfSeveralBatches(double samples, double steps) {
        assertThat(steps(new RunPlan(10, 4, 2, 2, 20), samples)).isEqualTo(steps);
    }

    @Test
    void withoutDataAStepIsASample() {
        assertThat(steps(new RunPlan(1, 1, 1, 500, 500), 120)).isEqualTo(120);
        assertThat(steps(new RunPlan(1, 1, 1, 1, 40), 12)).isEqualTo(12);
    }

    private static double steps(RunPlan plan, double samples) {
        return plan.steps(new Duration(samples, Unit.SAMPLES));
    }
}
