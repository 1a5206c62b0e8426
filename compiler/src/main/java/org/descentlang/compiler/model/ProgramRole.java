package org.descentlang.compiler.model;

/**
 * The programs of a `train`, in the order in which a step first needs them. The runtime's roles have the same names: a
 * generated step offers its programs by them.
 */
public enum ProgramRole {
    /**
     * For `gradient at …`: reads PARAMETER, STATE and SCALAR; writes PARAMETER where the gradient is taken, beside the
     * parameters.
     */
    LOOK_AHEAD("lookAhead", Tensors.GROUPS, Point.PARAMETERS, Point.AHEAD),

    /** One step's forward and backward pass in training mode: RESULT `loss`, GRADIENT by parameter path, RUNNING. */
    GRADIENT("gradient", Tensors.PARAMETERS, Point.AHEAD, Point.PARAMETERS),

    /**
     * Clipping and the update rule: reads PARAMETER, GRADIENT, STATE by group and SCALAR hyperparameters and `t` (1 at
     * the first update); writes PARAMETER and STATE.
     */
    UPDATE("update", Tensors.GROUPS, Point.PARAMETERS, Point.PARAMETERS),

    /** Inference mode: RESULT `loss`, the mean over the batch, and one for each statistic that metrics are made of. */
    EVALUATION("evaluation", Tensors.PARAMETERS, Point.PARAMETERS, Point.PARAMETERS),

    /** Reads the GRADIENT of everything that is trained, {@link #ALL}, as one vector: RESULT `norm`. */
    GRADIENT_NORM("gradientNorm", Tensors.GROUPS, Point.PARAMETERS, Point.PARAMETERS);

    /** The name of all trained parameters as one group. */
    public static final String ALL = "*";

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
}
