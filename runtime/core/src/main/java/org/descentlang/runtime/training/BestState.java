package org.descentlang.runtime.training;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What `keep best` keeps. Without the clause it keeps nothing. Among equals, and an accuracy over a few hundred examples has many, the
 * lower loss on the same split wins.
 */
final class BestState {
    private final TrainingStep step;
    private final @Nullable MetricReference metric;
    private final @Nullable TrainingState state;
    private double best = Double.NaN;
    private double lossOfBest = Double.NaN;
    private OptionalLong epoch = OptionalLong.empty();

    BestState(TrainingStep step, Optional<MetricReference> metric) {
        this.step = step;
        this.metric = metric.orElse(null);
        state = metric.isPresent() ? TrainingState.allocate(step.description()) : null;
    }

    /** @return whether this epoch is the best so far */
    boolean offer(long number, Measurements latest) {
        if (metric == null || state == null) {
            return false;
        }
        double value = latest.value(metric);
        double loss = loss(latest, metric);
        boolean winsTie = value == best && loss < lossOfBest;
        if (!winsTie && !metric.isBetter(value, best)) {
            return false;
        }
        best = value;
        lossOfBest = loss;
        epoch = OptionalLong.of(number);
        step.save(state);
        return true;
    }

    private static double loss(Measurements latest, MetricReference metric) {
        return metric.split().isEmpty()
                ? Double.NaN
                : latest.evaluation(SplitName.of(metric.split()))
                        .map(Evaluation::loss)
                        .orElse(Double.NaN);
    }

    /** Puts the best state back, if there is one. */
    void restore() {
        if (state != null && epoch.isPresent()) {
            step.load(state);
        }
    }

    OptionalLong epoch() {
        return epoch;
    }
}
