package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription.ShuffleOrder;
import org.descentlang.runtime.random.Permutation;
import org.descentlang.runtime.random.Stream;

/**
 * The order in which an epoch meets the examples: a function of the seed and the epoch, so that any epoch can be taken
 * up again.
 */
final class ExampleOrder {
    private final int[] examples;
    private final int[] order;
    private final ShuffleOrder shuffle;
    private final long seed;

    ExampleOrder(int[] examples, ShuffleOrder shuffle, long seed) {
        this.examples = examples;
        this.order = examples.clone();
        this.shuffle = shuffle;
        this.seed = seed;
    }

    /** @param epoch 0 for the first */
    void begin(long epoch) {
        System.arraycopy(examples, 0, order, 0, order.length);
        switch (shuffle) {
            case EVERY_EPOCH -> Permutation.shuffle(order, seed, epoch, Stream.SHUFFLE);
            case ONCE -> Permutation.shuffle(order, seed, 0, Stream.SHUFFLE);
            case NONE -> {}
        }
    }

    int[] examples() {
        return order;
    }
}
