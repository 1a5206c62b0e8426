package org.descentlang.runtime.tornado;

import java.util.List;
import java.util.Map;
import org.descentlang.description.ProgramRole;

/**
 * What a step keeps on a device, in elements, and where its results are.
 *
 * @param statistics floats of a batch of which metrics are made
 * @param lossEvery so many steps the host reads losses
 * @param results of each program that has any, in their order
 */
public record DeviceLayout(
        int work,
        int integers,
        int floatInputs,
        int intInputs,
        int numbers,
        int scalars,
        int partials,
        int statistics,
        int lossEvery,
        Map<ProgramRole, List<Result>> results)
        implements ArraySizes {
    public DeviceLayout {
        results = Map.copyOf(results);
    }

    /** Of a program; none, if it has none. */
    List<Result> results(ProgramRole role) {
        return results.getOrDefault(role, List.of());
    }

    /** Where a result of a program is. */
    public sealed interface Result {
        /** In the scalars. */
        record Number(int position) implements Result {}

        /** In the statistics. */
        record Tensor(int position, int count) implements Result {}
    }
}
