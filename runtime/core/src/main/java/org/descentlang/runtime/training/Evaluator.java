package org.descentlang.runtime.training;

import org.descentlang.description.ProgramRole;

/**
 * Evaluates a step over a split, batch by batch. The loss is the mean over the examples; a metric is what it would be
 * over the split as one batch.
 */
final class Evaluator {
    private final TrainingStep step;
    private final MetricFormula formula;
    private final Batches batches;
    private final StepScalars scalars;
    private final int rows;
    private final Totals totals;
    /** The loss, then the metrics. */
    private final double[] found;

    private final double[] metrics;

    Evaluator(TrainingStep step, MetricFormula formula, Batches batches, StepScalars scalars, int rows) {
        this.step = step;
        this.formula = formula;
        this.batches = batches;
        this.scalars = scalars;
        this.rows = rows;
        totals = new Totals(step.description().statistics());
        found = new double[EvaluationNumbers.count(step.description())];
        metrics = new double[found.length - 1];
    }

    Evaluation evaluate(int[] examples) {
        totals.clear();
        double loss = 0;
        for (int from = 0; from < examples.length; from += rows) {
            int count = Math.min(rows, examples.length - from);
            batches.load(examples, from, count);
            double[] ofBatch = step.run(ProgramRole.EVALUATION, count, scalars);
            loss += count * ofBatch[0];
            totals.add(ofBatch, 1);
        }
        formula.compute(totals.values(), scalars, metrics);
        found[0] = loss / examples.length;
        System.arraycopy(metrics, 0, found, 1, metrics.length);
        return EvaluationNumbers.evaluation(found, 0, step.description());
    }
}
