package org.descentlang.runtime.training;

import java.util.Optional;
import java.util.function.BiPredicate;

/** Keeps the state of a run at the first event that it is asked for. */
final class StateKeeper implements TrainingListener {
    private final BiPredicate<Progress, Optional<EpochReport>> when;
    private Optional<RunState> state = Optional.empty();

    /** @param when after a step, or at the report of an epoch */
    StateKeeper(BiPredicate<Progress, Optional<EpochReport>> when) {
        this.when = when;
    }

    @Override
    public void onStep(Progress progress) {
        keep(progress, Optional.empty());
    }

    @Override
    public void onEpoch(Progress progress, EpochReport report) {
        keep(progress, Optional.of(report));
    }

    private void keep(Progress progress, Optional<EpochReport> report) {
        if (state.isEmpty() && when.test(progress, report)) {
            state = Optional.of(progress.state());
        }
    }

    RunState state() {
        return state.orElseThrow();
    }
}
