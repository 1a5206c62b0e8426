package org.descentlang.runtime.tornado;

import java.util.List;

/**
 * What a prediction keeps on a device, in elements.
 *
 * @param capacity the most examples a call takes
 * @param onHost numbers that the host computes from the others
 * @param hyperparameters that the model's layers read
 * @param singles outputs that are single numbers
 */
public record DevicePredictionLayout(
        int capacity,
        int work,
        int integers,
        int floatInputs,
        int intInputs,
        int outputs,
        int onHost,
        int scalars,
        int partials,
        List<Double> hyperparameters,
        List<Single> singles)
        implements ArraySizes {
    public DevicePredictionLayout {
        hyperparameters = List.copyOf(hyperparameters);
        singles = List.copyOf(singles);
    }

    @Override
    public int numbers() {
        return Numbers.HYPERPARAMETERS + hyperparameters.size() + onHost;
    }

    /** @param scalar its position in the scalars */
    public record Single(int output, int scalar) {}
}
