package org.descentlang.runtime.data;

import java.util.List;

/** Examples in memory, field by field. */
public record DataSet(String name, int examples, List<FieldValues> fields) {
    public DataSet {
        fields = List.copyOf(fields);
    }

    /** The values of one field, example by example; behind them, there may be room that is not used. */
    public sealed interface FieldValues {
        String name();

        /** Values an example. */
        int width();
    }

    /** @param values [examples, width] */
    public record Numbers(String name, int width, float[] values) implements FieldValues {}

    /** @param values [examples, width] */
    public record Integers(String name, int width, int[] values) implements FieldValues {}

    public FieldValues field(String fieldName) {
        return fields.stream()
                .filter(field -> field.name().equals(fieldName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No field " + fieldName + " in " + name));
    }
}
