package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription;

/** The current state of a run: a view, valid only during a call of the {@link TrainingListener}. */
public interface Progress {
    /** The training. */
    TrainingDescription description();

    RunPlan plan();

    /** Steps done, including skipped ones. */
    long steps();

    /** Of these, how many made no update because of values that were not finite. */
    long skipped();

    /** The current epoch, 1 for the first. */
    long epoch();

    /**
     * The loss of the last step, over its batch and before its update; not finite if that is why it was skipped. With
     * `read loss every n steps`, that of the last step whose loss was read.
     */
    double loss();

    /** Values of the hyperparameters in the last step, in the order of the description: live, not a copy. */
    double[] hyperparameters();

    /** Of this epoch so far, without evaluations. */
    double examplesPerSecond();

    double seconds();

    /** Estimated time until all steps are done, at the speed so far. */
    double secondsLeft();

    /**
     * A copy of the complete state of the run: a run that continues from it ({@link Trainer#resume}) has the same bits.
     * To be called in {@link TrainingListener#onStep} or {@link TrainingListener#onEpoch}.
     */
    RunState state();
}
