package org.descentlang.runtime.training;

/** The programs that a {@link TrainingStep} may have. */
public enum ProgramRole {
    /**
     * Writes the point at which the update rule wants the gradient, where that is not at the parameters; there it is
     * taken.
     */
    LOOK_AHEAD(false),

    /**
     * Forward and backward pass in training mode: writes the gradients, changes running state. Its result is the loss,
     * a mean over the examples.
     */
    GRADIENT(true),

    /** Clips and the update rule, once a step: changes parameters and states. */
    UPDATE(false),

    /** Inference mode: its results are the loss, a mean over the examples, and then the elements of each statistic. */
    EVALUATION(true),

    /** The 2-norm of the gradients of all trained parameters. */
    GRADIENT_NORM(false),

    /** The loss of {@link #GRADIENT}, at the parameters, and nothing else: all that a step keeps stays as it is. */
    LOSS(true),

    /**
     * Look-ahead, gradient and update without waiting for the host between them; the result is the loss. If that is not
     * finite, the update may have been made all the same.
     */
    STEP(true);

    private final boolean overExamples;

    ProgramRole(boolean overExamples) {
        this.overExamples = overExamples;
    }

    /** Whether it looks at the examples in the inputs. */
    public boolean isOverExamples() {
        return overExamples;
    }
}
