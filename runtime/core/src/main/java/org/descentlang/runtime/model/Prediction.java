package org.descentlang.runtime.model;

/** A model in inference mode; generated code implements it. Nothing is allocated by {@link #predict}. */
public interface Prediction {
    /** The most examples a call takes. */
    int capacity();

    /** Inputs of floating point, each from its offset, example by example. */
    float[] floatInputs();

    /** Inputs that are whole numbers, each from its offset, example by example. */
    int[] intInputs();

    /** In the model's own layout. */
    float[] parameters();

    /** In the model's own layout. */
    float[] running();

    /** Outputs, each from its offset, example by example. */
    float[] outputs();

    /** Outputs of the first {@code rows} examples of the inputs. */
    void predict(int rows);
}
