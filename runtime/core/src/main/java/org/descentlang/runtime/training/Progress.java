package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription;

/** Where a run stands: a view of it, good during a call of the {@link TrainingListener}. */
public interface Progress {
    /** What is trained. */
    TrainingDescription description();

    RunPlan plan();

    /** Steps done, skipped ones included. */
    long steps();

    /** Of these, how many made no update because of values that were not finite. */
    long skipped();

    /** The epoch at hand, 1 for the first. */
    long epoch();

    /**
     * Of the last step, over its batch and before its update; not finite if that is why it was skipped. With `read loss
     * every n steps`, of the last step whose loss was read.
     */
    double loss();

    /** Values of the hyperparameters in the last step, in the order of the description: live, not a copy. */
    double[] hyperparameters();

    /** Of this epoch so far, without evaluations. */
    double examplesPerSecond();

    double seconds();

    /** Until all steps are done, at the speed so far. */
    double secondsLeft();

    /**
     * Everything that the run has come to: one that goes on from it ({@link Trainer#resume}) has the same bits. A copy;
     * to be taken in {@link TrainingListener#onStep} or {@link TrainingListener#onEpoch}.
     */
    RunState state();
}
