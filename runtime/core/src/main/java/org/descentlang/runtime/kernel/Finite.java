package org.descentlang.runtime.kernel;

/** Looks for values that are not finite. */
public final class Finite {
    private Finite() {}

    /** Whether {@code count} elements from {@code offset} are neither NaN nor infinite. */
    public static boolean all(float[] values, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
