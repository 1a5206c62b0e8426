package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.description.FieldDescription;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.data.DataSet.FieldValues;
import org.descentlang.runtime.data.DataSet.Integers;
import org.descentlang.runtime.data.DataSet.Numbers;

/**
 * Brings examples of the data to where a step reads them: copies them, or names them where the step keeps the data.
 * Without data every batch is one row of nothing.
 */
final class Batches {
    private record NumbersTo(float[] from, int width, int offset) {}

    private record IntegersTo(int[] from, int width, int offset) {}

    private final List<NumbersTo> numbers = new ArrayList<>();
    private final List<IntegersTo> integers = new ArrayList<>();
    private final TrainingStep step;
    private final float[] floatInputs;
    private final int[] intInputs;
    private final boolean kept;

    Batches(DataSet data, List<FieldDescription> fields, TrainingStep step) {
        this.step = step;
        floatInputs = step.floatInputs();
        intInputs = step.intInputs();
        for (FieldDescription field : fields) {
            FieldValues values = data.field(field.name());
            if (values.width() != field.width()) {
                throw new IllegalArgumentException(
                        "%s has %d values per example, not %d".formatted(field.name(), values.width(), field.width()));
            }
            switch (values) {
                case Numbers(var _, int width, float[] from) ->
                    numbers.add(new NumbersTo(from, width, field.offset(step.capacity())));
                case Integers(var _, int width, int[] from) ->
                    integers.add(new IntegersTo(from, width, field.offset(step.capacity())));
            }
        }
        kept = step.keep(data);
    }

    /** Examples {@code order[from]}, …, one after another. */
    void load(int[] order, int from, int rows) {
        if (kept) {
            step.take(order, from, rows);
        } else {
            copy(order, from, rows);
        }
    }

    /** To the inputs of the step, whether or not it keeps the data. */
    void copy(int[] order, int from, int rows) {
        for (int f = 0; f < numbers.size(); f++) {
            NumbersTo field = numbers.get(f);
            for (int row = 0; row < rows; row++) {
                int example = order[from + row];
                System.arraycopy(
                        field.from, example * field.width, floatInputs, field.offset + row * field.width, field.width);
            }
        }
        for (int f = 0; f < integers.size(); f++) {
            IntegersTo field = integers.get(f);
            for (int row = 0; row < rows; row++) {
                int example = order[from + row];
                for (int i = 0; i < field.width; i++) {
                    intInputs[field.offset + row * field.width + i] = field.from[example * field.width + i];
                }
            }
        }
    }
}
