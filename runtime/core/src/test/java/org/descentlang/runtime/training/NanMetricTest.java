package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.descentlang.description.MetricReference;
import org.descentlang.description.StopCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A metric that is NaN meets no condition and is never the best. */
class NanMetricTest {
    @ParameterizedTest
    @EnumSource
    void meetsNoCondition(StopCondition.Relation relation) {
        var condition = new StopRule.Comparison(new MetricReference("validation", "m", true), relation, 1);
        assertThat(condition.holds(new Measurements(new LinearProgram().description())))
                .isFalse();
        assertThat(condition.holds(measured(Double.NaN))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNeverTheBest(boolean largerIsBetter) {
        var best = new BestMeasurement(new MetricReference("validation", "m", largerIsBetter));
        assertThat(best.improves(measured(Double.NaN))).isFalse();
        assertThat(best.improves(measured(0.5))).isTrue();
        assertThat(best.improves(measured(Double.NaN))).isFalse();
        assertThat(best.improves(measured(largerIsBetter ? 0.6 : 0.4))).isTrue();
    }

    @Test
    void aLossThatIsNanWinsNoTie() {
        var best = new BestMeasurement(new MetricReference("validation", "m", true));
        assertThat(best.improves(measured(0.5))).isTrue();
        var latest = new Measurements(new LinearProgram().description());
        latest.measured(SplitName.VALIDATION, new Evaluation(Double.NaN, Map.of("m", 0.5)));
        assertThat(best.improves(latest)).isFalse();
    }

    private static Measurements measured(double value) {
        var latest = new Measurements(new LinearProgram().description());
        latest.measured(SplitName.VALIDATION, new Evaluation(1, Map.of("m", value)));
        return latest;
    }
}
