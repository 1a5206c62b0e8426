package org.descentlang.runtime.training;

import java.util.Collections;
import java.util.List;
import org.descentlang.description.TrainingDescription.Merge;
import org.descentlang.description.TrainingDescription.StatisticDescription;

/** The statistics of a split: those of its batches merged, in their order and in double precision. */
final class Totals {
    private final Merge[] merges;
    private final double[] values;

    Totals(List<StatisticDescription> statistics) {
        merges = statistics.stream()
                .flatMap(statistic -> Collections.nCopies(statistic.count(), statistic.merge()).stream())
                .toArray(Merge[]::new);
        values = new double[merges.length];
    }

    /** Forgets every batch. */
    void clear() {
        for (int i = 0; i < values.length; i++) {
            values[i] = merges[i].neutral();
        }
    }

    /** @param from where the statistics of the batch begin */
    void add(double[] batch, int from) {
        for (int i = 0; i < values.length; i++) {
            values[i] = merges[i].of(values[i], batch[from + i]);
        }
    }

    int count() {
        return values.length;
    }

    double[] values() {
        return values;
    }
}
