package org.descentlang.description;

/**
 * Where the loop puts a field of the data.
 *
 * @param name the field of {@link DataDescription}
 * @param whole whether its values are whole numbers, and it goes to the `int` inputs rather than
 *     the `float` inputs
 * @param width values an example
 */
public record FieldDescription(String name, boolean whole, int offset, int width) {}
