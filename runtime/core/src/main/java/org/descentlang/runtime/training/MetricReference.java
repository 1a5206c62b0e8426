package org.descentlang.runtime.training;

/** `validation.accuracy`; the split is empty for `loss` and `gradient_norm` of the training step. */
public record MetricReference(String split, String metric, boolean largerIsBetter) {
    @Override
    public String toString() {
        return split.isEmpty() ? metric : split + "." + metric;
    }
}
