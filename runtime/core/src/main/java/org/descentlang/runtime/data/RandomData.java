package org.descentlang.runtime.data;

import org.descentlang.runtime.data.DataDescription.Content;
import org.descentlang.runtime.data.DataDescription.Field;
import org.descentlang.runtime.data.DataSet.FieldValues;
import org.descentlang.runtime.data.DataSet.Labels;
import org.descentlang.runtime.data.DataSet.Numbers;
import org.descentlang.runtime.random.Philox;
import org.descentlang.runtime.random.Stream;

/** Data of the right shape, made in memory from the seed of the data and the name of each field. */
final class RandomData {
    private RandomData() {}

    static DataSet make(DataDescription data, int examples) {
        long seed = data.seed().orElse(0);
        return new DataSet(
                data.name(),
                examples,
                data.fields().stream()
                        .map(field -> values(field, examples, seed))
                        .toList());
    }

    private static FieldValues values(Field field, int examples, long seed) {
        return switch (field.content()) {
            case Content.RandomUniform(double low, double high) -> uniform(field, examples, seed, low, high);
            case Content.RandomNormal(double mean, double deviation) -> normal(field, examples, seed, mean, deviation);
            case Content.RandomLabel(int classes) -> labels(field, examples, seed, classes);
            case Content.Columns _, Content.Label _ ->
                throw new IllegalArgumentException("A column of a file in random data: " + field.name());
        };
    }

    private static Numbers uniform(Field field, int examples, long seed, double low, double high) {
        float[] values = Memory.floats("Field " + field.name(), examples, field.width());
        Philox.fillUniform(seed, Stream.draw(field.name()), Stream.DATA, 0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (low + (high - low) * values[i]);
        }
        return new Numbers(field.name(), field.width(), values);
    }

    private static Numbers normal(Field field, int examples, long seed, double mean, double deviation) {
        float[] values = Memory.floats("Field " + field.name(), examples, field.width());
        Philox.fillNormal(seed, Stream.draw(field.name()), Stream.DATA, 0, values, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + deviation * values[i]);
        }
        return new Numbers(field.name(), field.width(), values);
    }

    private static Labels labels(Field field, int examples, long seed, int classes) {
        int[] values = Memory.integers("Field " + field.name(), examples);
        for (int i = 0; i < examples; i++) {
            long bits = Integer.toUnsignedLong(Philox.bits(seed, Stream.draw(field.name()), Stream.DATA, i));
            values[i] = (int) (bits * classes >>> 32);
        }
        return new Labels(field.name(), values);
    }
}
