package org.descentlang.runtime.training;

/** Two that hear the same. */
record ListenerPair(TrainingListener first, TrainingListener second) implements TrainingListener {
    @Override
    public void onStart(Progress progress) {
        first.onStart(progress);
        second.onStart(progress);
    }

    @Override
    public void onStep(Progress progress) {
        first.onStep(progress);
        second.onStep(progress);
    }

    @Override
    public void onEpoch(Progress progress, EpochReport report) {
        first.onEpoch(progress, report);
        second.onEpoch(progress, report);
    }

    @Override
    public void onWarning(Progress progress, String warning) {
        first.onWarning(progress, warning);
        second.onWarning(progress, warning);
    }

    @Override
    public void onTrained(Progress progress, TrainingResult result) {
        first.onTrained(progress, result);
        second.onTrained(progress, result);
    }
}
