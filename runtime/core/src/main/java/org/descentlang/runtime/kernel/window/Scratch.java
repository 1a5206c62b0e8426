package org.descentlang.runtime.kernel.window;

/** Memory that calls which follow each other share: as large as the largest of them needs. */
public final class Scratch {
    private float[] floats = new float[0];

    float[] of(int size) {
        if (floats.length < size) {
            floats = new float[size];
        }
        return floats;
    }
}
