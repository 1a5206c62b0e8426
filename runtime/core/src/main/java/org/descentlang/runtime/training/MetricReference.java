package org.descentlang.runtime.training;

/** `validation.accuracy`; the split is empty for `loss` and `gradient_norm` of the training step. */
public record MetricReference(String split, String metric, boolean largerIsBetter) {
    /** Whether {@code value} beats {@code best}; NaN beats nothing and is beaten by every number. */
    boolean isBetter(double value, double best) {
        if (Double.isNaN(best)) {
            return !Double.isNaN(value);
        }
        return largerIsBetter ? value > best : value < best;
    }

    @Override
    public String toString() {
        return split.isEmpty() ? metric : split + "." + metric;
    }
}
