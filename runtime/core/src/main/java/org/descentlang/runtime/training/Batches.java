package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.data.DataSet.Labels;
import org.descentlang.runtime.data.DataSet.Numbers;

/** Copies examples of the data to where a step reads them. Without data every batch is one row of nothing. */
final class Batches {
    private record NumbersTo(float[] from, int width, int offset) {}

    private record LabelsTo(int[] from, int offset) {}

    private final List<NumbersTo> numbers = new ArrayList<>();
    private final List<LabelsTo> labels = new ArrayList<>();
    private final float[] floatInputs;
    private final int[] intInputs;

    Batches(DataSet data, List<FieldDescription> fields, TrainingStep step) {
        floatInputs = step.floatInputs();
        intInputs = step.intInputs();
        for (FieldDescription field : fields) {
            switch (data.field(field.name())) {
                case Numbers(var _, int width, float[] values) -> {
                    if (width != field.width()) {
                        throw new IllegalArgumentException(
                                "%s has %d values an example, not %d".formatted(field.name(), width, field.width()));
                    }
                    numbers.add(new NumbersTo(values, width, field.offset()));
                }
                case Labels(var _, int[] values) -> labels.add(new LabelsTo(values, field.offset()));
            }
        }
    }

    /** Examples {@code order[from]}, …, one after another. */
    void load(int[] order, int from, int rows) {
        for (int f = 0; f < numbers.size(); f++) {
            NumbersTo field = numbers.get(f);
            for (int row = 0; row < rows; row++) {
                int example = order[from + row];
                System.arraycopy(
                        field.from, example * field.width, floatInputs, field.offset + row * field.width, field.width);
            }
        }
        for (int f = 0; f < labels.size(); f++) {
            LabelsTo field = labels.get(f);
            for (int row = 0; row < rows; row++) {
                intInputs[field.offset + row] = field.from[order[from + row]];
            }
        }
    }
}
