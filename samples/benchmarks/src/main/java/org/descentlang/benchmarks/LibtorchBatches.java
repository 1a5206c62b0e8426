package org.descentlang.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.descentlang.runtime.data.DataDescription;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.data.DataLoader;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.data.DataSet.FieldValues;
import org.descentlang.runtime.data.DataSet.Labels;
import org.descentlang.runtime.data.DataSet.Numbers;
import org.descentlang.runtime.data.Split;
import org.descentlang.runtime.random.Permutation;
import org.descentlang.runtime.random.Stream;
import org.descentlang.runtime.training.TrainingDescription;

/** The batches that our training takes, in the same order, gathered by libtorch. */
final class LibtorchBatches {
    private final int[] examples;
    private final int batch;
    private final long seed;
    private final Tensor allInputs;
    private final Tensor allLabels;
    private final Tensor order;
    private long epochs;
    private int next;

    LibtorchBatches(TrainingDescription description) {
        DataDescription source = description.data().orElseThrow();
        DataSet data = DataLoader.load(source, DataFolders.of(Path.of("")));
        examples = Split.of(source, data.examples()).train();
        batch = description.batch();
        seed = description.seed();
        Numbers inputs = only(data, Numbers.class);
        allInputs = torch.tensor(inputs.values()).view(data.examples(), inputs.width());
        allLabels = longs(only(data, Labels.class).values());
        order = longs(examples);
        next = examples.length;
    }

    /** Moves on; before the first as well. */
    void advance() {
        if (next == examples.length) {
            int[] shuffled = examples.clone();
            Permutation.shuffle(shuffled, seed, epochs++, Stream.SHUFFLE);
            order.copy_(longs(shuffled));
            next = 0;
        }
        next += batch;
    }

    Tensor inputs() {
        return torch.index_select(allInputs, 0, chosen());
    }

    Tensor labels() {
        return torch.index_select(allLabels, 0, chosen());
    }

    private Tensor chosen() {
        return order.narrow(0, next - batch, batch);
    }

    private static Tensor longs(int[] values) {
        return torch.tensor(Arrays.stream(values).asLongStream().toArray());
    }

    private static <T extends FieldValues> T only(DataSet data, Class<T> kind) {
        return data.fields().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}
