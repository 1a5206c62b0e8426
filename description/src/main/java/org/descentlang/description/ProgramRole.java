package org.descentlang.description;

/**
 * The programs that a step may have, in the order in which a step first needs them. The compiler makes some of them of
 * a `train`; a generated step offers them by role.
 */
public enum ProgramRole {
    /**
     * Where the update rule wants the gradient at another point than the parameters: writes that point, beside the
     * parameters.
     */
    LOOK_AHEAD("lookAhead", Tensors.GROUPS, Point.PARAMETERS, Point.AHEAD),

    /**
     * Forward and backward pass in training mode: writes the gradients, changes running state. Its result is the loss,
     * a mean over the examples.
     */
    GRADIENT("gradient", Tensors.PARAMETERS, Point.AHEAD, Point.PARAMETERS),

    /**
     * Clips and the update rule, once a step: changes parameters and states. Reads `t`, which is 1 at the first update.
     */
    UPDATE("update", Tensors.GROUPS, Point.PARAMETERS, Point.PARAMETERS),

    /** Inference mode: its results are the loss, a mean over the examples, and then the elements of each statistic. */
    EVALUATION("evaluation", Tensors.PARAMETERS, Point.PARAMETERS, Point.PARAMETERS),

    /** The 2-norm of the gradients of all trained parameters. */
    GRADIENT_NORM("gradientNorm", Tensors.GROUPS, Point.PARAMETERS, Point.PARAMETERS),

    /** The loss of {@link #GRADIENT}, at the parameters, and nothing else: all that a step keeps stays as it is. */
    LOSS("loss", Tensors.PARAMETERS, Point.PARAMETERS, Point.PARAMETERS),

    /**
     * Look-ahead, gradient and update without waiting for the host between them; the result is the loss. If that is not
     * finite, the update may have been made all the same. A step makes it of the others.
     */
    STEP("step", Tensors.PARAMETERS, Point.PARAMETERS, Point.PARAMETERS);

    private final String text;
    private final Tensors tensors;
    private final Point reads;
    private final Point writes;

    ProgramRole(String text, Tensors tensors, Point reads, Point writes) {
        this.text = text;
        this.tensors = tensors;
        this.reads = reads;
        this.writes = writes;
    }

    /** What it calls parameters and gradients. */
    public enum Tensors {
        /** By path. */
        PARAMETERS,
        /** By group, as one vector. */
        GROUPS
    }

    /** Which parameters it sees. */
    public enum Point {
        PARAMETERS,
        /** Where the rule wants the gradient; at the parameters, if it looks nowhere ahead. */
        AHEAD
    }

    /** Its name in plans, and in front of its kernels' names. */
    public String text() {
        return text;
    }

    public Tensors tensors() {
        return tensors;
    }

    public Point reads() {
        return reads;
    }

    public Point writes() {
        return writes;
    }

    /** Whether it looks at the examples in the inputs; what works on groups sees numbers of the whole batch only. */
    public boolean isOverExamples() {
        return tensors == Tensors.PARAMETERS;
    }
}
