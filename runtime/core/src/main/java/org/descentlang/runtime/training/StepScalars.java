package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription;

/** The numbers that may change from step to step. */
public final class StepScalars {
    /** Values of the hyperparameters, in the order of {@link TrainingDescription#hyperparameters}. */
    public final double[] hyperparameters;

    /** The number of this update: 1 at the first. */
    public long update = 1;

    /** Keys the random numbers, with {@link #draw}. */
    public long seed;

    /** Counts gradient evaluations (micro-batches), so that no two share random numbers. */
    public long draw;

    public StepScalars(double[] hyperparameters) {
        this.hyperparameters = hyperparameters;
    }
}
