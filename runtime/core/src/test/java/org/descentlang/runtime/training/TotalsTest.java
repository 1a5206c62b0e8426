package org.descentlang.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.description.TrainingDescription.Merge;
import org.descentlang.description.TrainingDescription.StatisticDescription;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private final Totals totals = new Totals(List.of(
            new StatisticDescription(2, Merge.SUM),
            new StatisticDescription(1, Merge.PRODUCT),
            new StatisticDescription(1, Merge.MAXIMUM),
            new StatisticDescription(1, Merge.MINIMUM),
            new StatisticDescription(1, Merge.SAME)));

    @Test
    void batchesAreMerged() {
        totals.clear();
        totals.add(new double[] {0.5, 1, -2, 3, -4, 5, 6}, 1);
        totals.add(new double[] {0.5, 10, 20, -3, -40, 50, 6}, 1);
        assertThat(totals.values()).containsExactly(11, 18, -9, -4, 5, 6);
    }

    @Test
    void aSplitDoesNotSeeTheOneBefore() {
        totals.clear();
        totals.add(new double[] {1, 1, 1, 9, -9, 1}, 0);
        totals.clear();
        totals.add(new double[] {2, 3, 4, -5, 6, 7}, 0);
        assertThat(totals.values()).containsExactly(2, 3, 4, -5, 6, 7);
    }

    @Test
    void nanIsNeverLost() {
        double nan = Double.NaN;
        totals.clear();
        totals.add(new double[] {nan, 1, nan, nan, nan, 0}, 0);
        totals.add(new double[] {1, 1, 1, 1, 1, 0}, 0);
        assertThat(totals.values()).containsExactly(nan, 2, nan, nan, nan, 0);
    }

    /** In double precision: 2^24 + 1 + 1 in f32 is 2^24. */
    @Test
    void largeCountsKeepTheirOnes() {
        totals.clear();
        for (double batch : new double[] {1 << 24, 1, 1}) {
            totals.add(new double[] {batch, 0, 1, 0, 0, 0}, 0);
        }
        assertThat(totals.values()[0]).isEqualTo(16_777_218);
    }
}
