package org.descentlang.runtime.tornado;

import java.util.List;

/**
 * What a step keeps on a device, in elements, and where its results are.
 *
 * @param loss position in the scalars
 * @param norm position in the scalars of the gradient's norm; -1 if nothing is trained
 * @param statistics floats of a batch of which metrics are made
 * @param lossEvery so many steps the host reads losses
 * @param evaluation the loss and the statistics of metrics
 */
public record DeviceLayout(
        int work,
        int integers,
        int floatInputs,
        int intInputs,
        int numbers,
        int scalars,
        int partials,
        int loss,
        int norm,
        int statistics,
        int lossEvery,
        List<Result> evaluation)
        implements ArraySizes {
    public DeviceLayout {
        evaluation = List.copyOf(evaluation);
    }

    /** Where a result of the evaluation is. */
    public sealed interface Result {
        /** In the scalars. */
        record Number(int position) implements Result {}

        /** In the statistics. */
        record Tensor(int position, int count) implements Result {}
    }
}
