package org.descentlang.runtime.tornado;

import java.util.List;

/**
 * What a prediction keeps on a device, in elements.
 *
 * @param work intermediate floats
 * @param integers intermediate ints
 * @param scalars doubles that kernels compute
 * @param partials doubles between the kernels of a reduction
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
        List<Single> singles) {
    public DevicePredictionLayout {
        hyperparameters = List.copyOf(hyperparameters);
        singles = List.copyOf(singles);
    }

    /** @param scalar its position in the scalars */
    public record Single(int output, int scalar) {}
}
