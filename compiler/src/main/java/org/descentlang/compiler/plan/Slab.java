package org.descentlang.compiler.plan;

/** An array that kernels read and write; values lie in it at offsets known at compile time. */
public enum Slab {
    /** Intermediate f32 values of a program, reused as their lives end. */
    WORK("work", true),
    /** Intermediate i32 and bool values (0 or 1). */
    INTEGERS("integers", false),
    FLOAT_INPUTS("floatInputs", true),
    INT_INPUTS("intInputs", false),
    PARAMETERS("parameters", true),
    /** Where the gradient is taken, if not at the parameters. */
    AHEAD("ahead", true),
    GRADIENTS("gradients", true),
    STATES("states", true),
    RUNNING("running", true),
    OUTPUTS("outputs", true),
    /** What metrics are made of: tensors of a batch, or of all batches. */
    STATISTICS("statistics", true),
    /** Columns of a file, before conversion. */
    COLUMNS("columns", true),
    FIELD("field", true);

    private final String text;
    private final boolean floats;

    Slab(String text, boolean floats) {
        this.text = text;
        this.floats = floats;
    }

    /** Its name in plans and in Java. */
    public String text() {
        return text;
    }

    public boolean isFloats() {
        return floats;
    }
}
