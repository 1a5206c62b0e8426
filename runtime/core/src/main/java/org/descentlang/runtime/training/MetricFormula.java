package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription;

/** Computes the metrics of a `train` from the totals of their statistics. Not thread-safe. */
@FunctionalInterface
public interface MetricFormula {
    /**
     * @param totals of {@link TrainingDescription#statistics} over a split, one after another
     * @param results metrics, one after another as {@link TrainingDescription#metrics} lists them, matrices row by row
     */
    void compute(double[] totals, StepScalars scalars, double[] results);
}
