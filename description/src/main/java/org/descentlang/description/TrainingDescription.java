package org.descentlang.description;

import java.util.List;
import java.util.Optional;

/**
 * The facts of a `train` declaration that the loop needs; generated code builds one.
 *
 * @param model where its tensors lie: parameters that share an update one after another, then those that are frozen
 * @param trainedCount so many elements of the parameters are trained: what lies behind is frozen
 * @param data absent for a model without inputs
 * @param batch examples a micro-batch; 0 for `full`
 * @param statistics in the order of {@link ProgramRole#EVALUATION}, after the loss
 * @param metrics in the order in which the formula makes them of the totals
 */
public record TrainingDescription(
        String name,
        String sourceName,
        ModelLayout model,
        int trainedCount,
        List<StateDescription> states,
        List<HyperparameterDescription> hyperparameters,
        List<ScheduleDescription> schedules,
        Optional<DataDescription> data,
        List<FieldDescription> fields,
        int batch,
        int accumulate,
        Duration length,
        ShuffleOrder shuffle,
        List<StatisticDescription> statistics,
        List<MetricDescription> metrics,
        Optional<StopCondition> stop,
        Optional<MetricReference> keep,
        long seed,
        boolean skipNonfinite) {
    public List<ParameterDescription> parameters() {
        return model.parameters();
    }

    public int parameterCount() {
        return model.parameterCount();
    }

    public List<RunningDescription> running() {
        return model.running();
    }

    public int runningCount() {
        return model.runningCount();
    }

    /** Elements of all state of the update rule. */
    public int stateCount() {
        return states.isEmpty()
                ? 0
                : states.getLast().offset() + states.getLast().count();
    }

    /** Numbers of a batch of which metrics are made. */
    public int statisticCount() {
        return statistics.stream().mapToInt(StatisticDescription::count).sum();
    }

    /** Name and source: the rest is for those who ask for it. */
    @Override
    public String toString() {
        return name + " of " + sourceName;
    }

    /** State of the update rule: {@code count} floats from {@code offset}, all {@code initial} at first. */
    public record StateDescription(String path, int offset, int count, float initial) {}

    /** @param limits others that it must not be larger than */
    public record HyperparameterDescription(String path, double value, Range range, List<Limit> limits) {
        public HyperparameterDescription {
            limits = List.copyOf(limits);
        }
    }

    /**
     * What a hyperparameter is compared with.
     *
     * @param path of the other one
     * @param included whether they may be equal
     */
    public record Limit(String path, boolean included) {}

    /** {@code count} numbers of a batch of which metrics are made. */
    public record StatisticDescription(int count, Merge merge) {}

    /** How the values of two batches become that of both. */
    public enum Merge {
        SUM,
        PRODUCT,
        MAXIMUM,
        MINIMUM,
        /** It is the same for every batch. */
        SAME;

        public double of(double total, double batch) {
            return switch (this) {
                case SUM -> total + batch;
                case PRODUCT -> total * batch;
                case MAXIMUM -> Math.max(total, batch);
                case MINIMUM -> Math.min(total, batch);
                case SAME -> batch;
            };
        }

        /** The total of no batch. */
        public double neutral() {
            return switch (this) {
                case SUM, SAME -> 0;
                case PRODUCT -> 1;
                case MAXIMUM -> Double.NEGATIVE_INFINITY;
                case MINIMUM -> Double.POSITIVE_INFINITY;
            };
        }
    }

    /** @param shape rows and columns of a matrix; empty for a number */
    public record MetricDescription(String name, List<Integer> shape) {
        public MetricDescription {
            shape = List.copyOf(shape);
        }

        public boolean isMatrix() {
            return !shape.isEmpty();
        }

        public int count() {
            return Sizes.product(shape);
        }
    }

    public enum ShuffleOrder {
        EVERY_EPOCH,
        ONCE,
        NONE
    }
}
