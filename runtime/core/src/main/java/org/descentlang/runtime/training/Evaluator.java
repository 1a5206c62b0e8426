package org.descentlang.runtime.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.descentlang.runtime.training.TrainingDescription.MetricDescription;

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
    private final double[] ofBatch;
    private final double[] metrics;

    Evaluator(TrainingStep step, MetricFormula formula, Batches batches, StepScalars scalars, int rows) {
        this.step = step;
        this.formula = formula;
        this.batches = batches;
        this.scalars = scalars;
        this.rows = rows;
        totals = new Totals(step.description().statistics());
        ofBatch = new double[1 + totals.count()];
        metrics = new double
                [step.description().metrics().stream()
                        .mapToInt(MetricDescription::count)
                        .sum()];
    }

    Evaluation evaluate(int[] examples) {
        totals.clear();
        double loss = 0;
        for (int from = 0; from < examples.length; from += rows) {
            int count = Math.min(rows, examples.length - from);
            batches.load(examples, from, count);
            step.evaluate(count, scalars, ofBatch);
            loss += count * ofBatch[0];
            totals.add(ofBatch, 1);
        }
        formula.compute(totals.values(), scalars, metrics);
        return evaluation(loss / examples.length);
    }

    private Evaluation evaluation(double loss) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        Map<String, double[][]> matrices = new LinkedHashMap<>();
        int place = 0;
        for (MetricDescription metric : step.description().metrics()) {
            if (metric.isMatrix()) {
                matrices.put(metric.name(), matrix(metric, place));
            } else {
                numbers.put(metric.name(), metrics[place]);
            }
            place += metric.count();
        }
        return new Evaluation(loss, numbers, matrices);
    }

    private double[][] matrix(MetricDescription metric, int place) {
        int columns = metric.shape().getLast();
        double[][] matrix = new double[metric.shape().getFirst()][];
        for (int row = 0; row < matrix.length; row++) {
            matrix[row] = Arrays.copyOfRange(metrics, place + row * columns, place + (row + 1) * columns);
        }
        return matrix;
    }
}
