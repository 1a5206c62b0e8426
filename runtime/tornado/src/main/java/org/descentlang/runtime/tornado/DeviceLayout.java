package org.descentlang.runtime.tornado;

import java.util.List;

/**
 * What a step keeps on a device, in elements, and where its results are.
 *
 * @param loss position in the scalars
 * @param norm position in the scalars of the gradient's norm; -1 if nothing is trained
 * @param evaluation positions in the scalars of the loss and the metrics
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
        List<Integer> evaluation)
        implements ArraySizes {
    public DeviceLayout {
        evaluation = List.copyOf(evaluation);
    }
}
