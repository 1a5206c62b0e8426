package org.descentlang.runtime.tornado;

import java.util.List;

/**
 * What a prediction keeps on a device, in elements.
 *
 * @param hyperparameters that the model's layers read
 * @param singles outputs that are single numbers
 */
public record DevicePredictionLayout(
        int work,
        int integers,
        int floatInputs,
        int intInputs,
        int outputs,
        int scalars,
        int partials,
        List<Double> hyperparameters,
        List<Single> singles)
        implements ArraySizes {
    /** Before the hyperparameters come rows, seed, draw and the update's number. */
    static final int HYPERPARAMETERS = 6;

    public DevicePredictionLayout {
        hyperparameters = List.copyOf(hyperparameters);
        singles = List.copyOf(singles);
    }

    @Override
    public int numbers() {
        return HYPERPARAMETERS + hyperparameters.size();
    }

    /** @param scalar its position in the scalars */
    public record Single(int output, int scalar) {}
}
