package org.descentlang.runtime.training;

/**
 * Where the loop puts a field of the data.
 *
 * @param name the field of {@link org.descentlang.runtime.data.DataDescription}
 * @param whole whether its values are whole numbers, and it goes to {@link TrainingStep#intInputs} rather than
 *     {@link TrainingStep#floatInputs}
 * @param width values an example
 */
public record FieldDescription(String name, boolean whole, int offset, int width) {}
