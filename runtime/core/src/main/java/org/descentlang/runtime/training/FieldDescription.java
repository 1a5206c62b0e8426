package org.descentlang.runtime.training;

/**
 * Where the loop puts a field of the data.
 *
 * @param name the field of {@link org.descentlang.runtime.data.DataDescription}
 * @param label whether it goes to {@link TrainingStep#intInputs} rather than {@link TrainingStep#floatInputs}
 * @param width values an example
 */
public record FieldDescription(String name, boolean label, int offset, int width) {}
