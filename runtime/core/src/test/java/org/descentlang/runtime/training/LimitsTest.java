package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.description.Range;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.description.TrainingDescription.Limit;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Limits LIMITS = new Limits(List.of(
            new HyperparameterDescription("optimizer.high", 1, Range.ANY, List.of()),
            new HyperparameterDescription("optimizer.low", 0, Range.ANY, List.of(new Limit("optimizer.high", true))),
            new HyperparameterDescription(
                    "optimizer.least",
                    0,
                    Range.ANY,
                    List.of(new Limit("optimizer.low", false), new Limit("optimizer.high", true)))));

    @Test
    void compareTwoNumbers() {
        assertThat(LIMITS.hold(new double[] {1, 1, 0})).isTrue();
        assertThat(LIMITS.mistake(new double[] {1, 1, 0})).isEmpty();
        assertThat(LIMITS.hold(new double[] {1, 1.5, 0})).isFalse();
        assertThat(LIMITS.mistake(new double[] {1, 1.5, 0}))
                .contains("optimizer.low must be at most optimizer.high, which is 1, not 1.5");
        assertThat(LIMITS.mistake(new double[] {1, 0.5, 0.5}))
                .contains("optimizer.least must be below optimizer.low, which is 0.5, not 0.5");
        assertThat(LIMITS.hold(new double[] {1, Double.NaN, 0})).isFalse();
    }
}
