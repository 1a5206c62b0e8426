package org.descentlang.runtime.model;

/** Inputs of a model that are classes, or rows of a table. */
public final class Indices {
    private Indices() {}

    /**
     * @param input its name
     * @throws IllegalArgumentException for the first value that is negative or not below {@code limit}
     */
    public static void requireBelow(String input, int[] values, int limit) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= limit) {
                throw new IllegalArgumentException(
                        "%s[%d] is %d, but must be 0 to %d".formatted(input, i, values[i], limit - 1));
            }
        }
    }
}
