package org.descentlang.benchmarks;

import java.nio.file.Path;
import org.descentlang.description.DataDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.data.DataLoader;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.data.DataSet.FieldValues;
import org.descentlang.runtime.data.DataSet.Integers;
import org.descentlang.runtime.data.DataSet.Numbers;

/** The examples of a workload, batch by batch, for both sides; empty if it has no data. */
final class Batches {
    private final float[] inputs;
    private final int[] labels;
    private final float[] allInputs;
    private final int[] allLabels;
    private int batch = -1;

    Batches(TrainingDescription description) {
        if (description.data().isPresent()) {
            DataDescription source = description.data().get();
            DataSet data = DataLoader.load(source, DataFolders.of(Path.of("")));
            Numbers numbers = only(data, Numbers.class);
            allInputs = numbers.values();
            allLabels = only(data, Integers.class).values();
            inputs = new float[description.batch() * numbers.width()];
            labels = new int[description.batch()];
        } else {
            allInputs = new float[0];
            allLabels = new int[0];
            inputs = new float[0];
            labels = new int[0];
        }
    }

    /** Moves on to the next batch; to the first at first. */
    void advance() {
        batch++;
        if (labels.length > 0) {
            int first = batch * labels.length % allLabels.length;
            int width = inputs.length / labels.length;
            System.arraycopy(allInputs, first * width, inputs, 0, inputs.length);
            System.arraycopy(allLabels, first, labels, 0, labels.length);
        }
    }

    /** [batch, width]. */
    float[] inputs() {
        return inputs;
    }

    /** [batch]. */
    int[] labels() {
        return labels;
    }

    private static <T extends FieldValues> T only(DataSet data, Class<T> kind) {
        return data.fields().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}
