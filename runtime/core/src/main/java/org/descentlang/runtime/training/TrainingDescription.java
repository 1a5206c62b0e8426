package org.descentlang.runtime.training;

import java.util.List;
import java.util.Optional;
import org.descentlang.runtime.data.DataDescription;
import org.descentlang.runtime.model.ModelLayout;
import org.descentlang.runtime.model.ParameterDescription;
import org.descentlang.runtime.model.RunningDescription;

/**
 * The facts of a `train` declaration that the loop needs; generated code builds one.
 *
 * @param parameterCount floats in {@link TrainingState#parameters}: offsets of {@link #parameters} lie below it
 * @param trainedCount of them are trained: what lies behind is frozen
 * @param data absent for a model without inputs
 * @param batch examples a micro-batch; 0 for `full`
 * @param metrics in the order of {@link TrainingStep#evaluate}, after the loss
 */
public record TrainingDescription(
        String name,
        String sourceName,
        List<ParameterDescription> parameters,
        int parameterCount,
        int trainedCount,
        List<StateDescription> states,
        int stateCount,
        List<RunningDescription> running,
        int runningCount,
        List<HyperparameterDescription> hyperparameters,
        List<ScheduleDescription> schedules,
        Optional<DataDescription> data,
        List<FieldDescription> fields,
        int batch,
        int accumulate,
        Duration length,
        ShuffleOrder shuffle,
        List<MetricDescription> metrics,
        Optional<StopCondition> stop,
        Optional<MetricReference> keep,
        long seed,
        boolean skipNonfinite) {
    /** Where the tensors of the model lie in a {@link TrainingState}. */
    public ModelLayout layout(String model) {
        return new ModelLayout(model, parameters, parameterCount, running, runningCount);
    }

    /** Name and source: the rest is for those who ask for it. */
    @Override
    public String toString() {
        return name + " of " + sourceName;
    }

    /** State of the update rule: {@code count} floats from {@code offset}, all {@code initial} at first. */
    public record StateDescription(String path, int offset, int count, float initial) {}

    public record HyperparameterDescription(String path, double value, Range range) {}

    public record MetricDescription(String name) {}

    public enum ShuffleOrder {
        EVERY_EPOCH,
        ONCE,
        NONE
    }
}
