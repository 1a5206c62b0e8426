package org.descentlang.description;

/**
 * Where a step has a field of the data: fields of one kind stand one after another, each with room for the rows of the
 * largest batch.
 *
 * @param name the field of {@link DataDescription}
 * @param whole whether its values are whole numbers, and it is one of the `int` inputs rather than the `float` inputs
 * @param before values an example of the fields of its kind in front of it
 * @param width values an example
 */
public record FieldDescription(String name, boolean whole, int before, int width) {
    /** @param capacity rows that the step's memory is laid out for */
    public int offset(int capacity) {
        return Math.multiplyExact(before, capacity);
    }
}
