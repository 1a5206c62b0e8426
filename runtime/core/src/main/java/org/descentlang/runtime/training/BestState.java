package org.descentlang.runtime.training;

import java.util.Optional;
import java.util.OptionalLong;
import org.descentlang.description.MetricReference;
import org.jspecify.annotations.Nullable;

/** What `keep best` keeps. Without the clause it keeps nothing. */
final class BestState implements RunPart {
    private static final String EPOCH = "best.epoch";
    private static final String VALUE = "best.value";
    private static final String STATE = "best";

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

    @Override
    public void save(RunState run) {
        if (best != null) {
            best.save(VALUE, run);
        }
        if (state != null && epoch.isPresent()) {
            run.put(EPOCH, epoch.getAsLong());
            run.put(STATE, state.copy());
        }
    }

    @Override
    public void load(RunState run) {
        if (best != null && state != null) {
            best.load(VALUE, run);
            if (run.has(EPOCH)) {
                epoch = OptionalLong.of(run.longs(EPOCH, 1)[0]);
                run.get(STATE, state);
            }
        }
    }

    OptionalLong epoch() {
        return epoch;
    }
}
