package org.descentlang.description;

/** `validation.accuracy`; the split is empty for `loss` and `gradient_norm` of the training step. */
public record MetricReference(String split, String metric, boolean largerIsBetter) {
    /** `loss` and the like: better when it is lower. */
    public static MetricReference ofTheStep(String metric) {
        return new MetricReference("", metric, false);
    }

    /** The same metric, whose larger or smaller values are better. */
    public MetricReference better(boolean larger) {
        return new MetricReference(split, metric, larger);
    }

    /** Whether {@code value} beats {@code best}; NaN beats nothing and is beaten by every number. */
    public boolean isBetter(double value, double best) {
        if (Double.isNaN(best)) {
            return !Double.isNaN(value);
        }
        return largerIsBetter ? value > best : value < best;
    }

    /** What is to become better: `lowest validation.loss`. */
    public String goal() {
        return (largerIsBetter ? "highest " : "lowest ") + this;
    }

    @Override
    public String toString() {
        return split.isEmpty() ? metric : split + "." + metric;
    }
}
