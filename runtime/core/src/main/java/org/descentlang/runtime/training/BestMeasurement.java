package org.descentlang.runtime.training;

import org.descentlang.description.MetricReference;

/**
 * The best value of a metric so far. Among equals, and an accuracy over a few hundred examples has many, the lower loss
 * on the same split is better. `keep best` and `stalls` both go by it, so that a run does not stop while what it keeps
 * still improves.
 */
final class BestMeasurement {
    private final MetricReference metric;
    private double value = Double.NaN;
    private double loss = Double.NaN;

    BestMeasurement(MetricReference metric) {
        this.metric = metric;
    }

    /** @return whether the latest value is better than all before; then it is the best from now on */
    boolean improves(Measurements latest) {
        double latestValue = latest.value(metric);
        double latestLoss = lossOfSplit(latest);
        boolean winsTie = latestValue == value && latestLoss < loss;
        if (!winsTie && !metric.isBetter(latestValue, value)) {
            return false;
        }
        value = latestValue;
        loss = latestLoss;
        return true;
    }

    void save(String name, RunState state) {
        state.put(name, value, loss);
    }

    void load(String name, RunState state) {
        double[] found = state.doubles(name, 2);
        value = found[0];
        loss = found[1];
    }

    private double lossOfSplit(Measurements latest) {
        return metric.split().isEmpty()
                ? Double.NaN
                : latest.evaluation(SplitName.of(metric.split()))
                        .map(Evaluation::loss)
                        .orElse(Double.NaN);
    }
}
