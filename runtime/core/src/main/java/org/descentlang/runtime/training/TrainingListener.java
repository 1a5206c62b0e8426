package org.descentlang.runtime.training;

/** Hears how a run goes, on the thread that trains: slow listeners make slow training. */
public interface TrainingListener {
    /** Before the first step. */
    default void onStart(Progress progress) {}

    /** After every step. */
    default void onStep(Progress progress) {}

    /** After an epoch and its evaluation. */
    default void onEpoch(Progress progress, EpochReport report) {}

    /** Hears nothing. */
    static TrainingListener silent() {
        return new TrainingListener() {};
    }
}
