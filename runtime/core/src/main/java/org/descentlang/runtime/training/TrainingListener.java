package org.descentlang.runtime.training;

/** Is told about the progress of a run, on the thread that trains: a slow listener slows down the training. */
public interface TrainingListener {
    /** Before the first step. */
    default void onStart(Progress progress) {}

    /** After every step, including skipped ones. */
    default void onStep(Progress progress) {}

    /** After an epoch and its evaluation. */
    default void onEpoch(Progress progress, EpochReport report) {}

    /** A sign that the run is going wrong although its values are finite; the result lists all warnings. */
    default void onWarning(Progress progress, String warning) {}

    /**
     * When the parameters are final but not evaluated yet: the time to save them, since evaluating may take long.
     *
     * @param result without evaluations of the final parameters
     */
    default void onTrained(Progress progress, TrainingResult result) {}

    /** Tells this listener, then {@code next}. */
    default TrainingListener then(TrainingListener next) {
        return new ListenerPair(this, next);
    }

    /** Does nothing. */
    static TrainingListener silent() {
        return new TrainingListener() {};
    }
}
