package org.descentlang.runtime.data;

import java.util.List;
import org.descentlang.description.DataSource;

/**
 * Examples in memory, field by field.
 *
 * @param files examples of each file, one after another, in the order of {@link DataSource.File#all}
 */
public record DataSet(String name, List<Integer> files, List<FieldValues> fields) {
    public DataSet {
        files = List.copyOf(files);
        fields = List.copyOf(fields);
    }

    /** Of one file, or none. */
    public DataSet(String name, int examples, List<FieldValues> fields) {
        this(name, List.of(examples), fields);
    }

    public int examples() {
        return files.stream().mapToInt(Integer::intValue).sum();
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
