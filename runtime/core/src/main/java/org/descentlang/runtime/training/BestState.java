package org.descentlang.runtime.training;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What `keep best` keeps. Without the clause it keeps nothing. */
final class BestState {
    private final TrainingStep step;
    private final @Nullable BestMeasurement best;
    private final @Nullable TrainingState state;
    private OptionalLong epoch = OptionalLong.empty();

    BestState(TrainingStep step, Optional<MetricReference> metric) {
        this.step = step;
        best = metric.map(BestMeasurement::new).orElse(null);
        state = metric.isPresent() ? TrainingState.allocate(step.description()) : null;
    }

    /** @return whether this epoch is the best so far */
    boolean offer(long number, Measurements latest) {
        if (best == null || state == null || !best.improves(latest)) {
            return false;
        }
        epoch = OptionalLong.of(number);
        step.save(state);
        return true;
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
