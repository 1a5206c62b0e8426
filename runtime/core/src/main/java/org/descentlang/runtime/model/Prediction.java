package org.descentlang.runtime.model;

/**
 * The memory of a prediction, and what computes in it; generated code implements it. For one call at a time
 * ({@link PredictionPool}). Nothing is allocated by {@link #predict}.
 */
public interface Prediction {
    /** The most examples a call takes. */
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
