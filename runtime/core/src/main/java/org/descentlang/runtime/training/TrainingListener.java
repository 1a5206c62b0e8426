package org.descentlang.runtime.training;

/** Hears how a run goes, on the thread that trains: slow listeners make slow training. */
public interface TrainingListener {
    /** Before the first step. */
    default void onStart(Progress progress) {}

    /** After every step, also one that was skipped. */
    default void onStep(Progress progress) {}

    /** After an epoch and its evaluation. */
    default void onEpoch(Progress progress, EpochReport report) {}

    /** A sign that the run goes wrong though its values are finite; the result has them all. */
    default void onWarning(Progress progress, String warning) {}

    /**
     * When the parameters are final: time to save them, before evaluating them takes its time.
     *
     * @param result without evaluations of the final parameters
     */
    default void onTrained(Progress progress, TrainingResult result) {}

    /** Tells this listener, then {@code next}. */
    default TrainingListener then(TrainingListener next) {
        return new ListenerPair(this, next);
    }

    /** Hears nothing. */
    static TrainingListener silent() {
        return new TrainingListener() {};
    }
}
