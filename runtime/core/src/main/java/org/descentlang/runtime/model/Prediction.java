package org.descentlang.runtime.model;

/**
 * The memory of a prediction and the code that uses it; generated code implements it. Serves one call at a time
 * ({@link PredictionPool}). {@link #predict} allocates nothing.
 */
public interface Prediction {
    /** The largest number of examples per call. */
    int capacity();

    /** Inputs of floating point, each from its offset, example by example. */
    float[] floatInputs();

    /** Inputs that are whole numbers, each from its offset, example by example. */
    int[] intInputs();

    /** Outputs, each from its offset, example by example. */
    float[] outputs();

    /** Outputs of the first {@code rows} examples of the inputs. */
    void predict(int rows);
}
