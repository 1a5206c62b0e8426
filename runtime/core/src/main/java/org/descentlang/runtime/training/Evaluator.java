package org.descentlang.runtime.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.runtime.training.TrainingDescription.MetricDescription;

/** Evaluates a step over a split, batch by batch. */
final class Evaluator {
    private final TrainingStep step;
    private final Batches batches;
    private final StepScalars scalars;
    private final List<MetricDescription> metrics;
    private final int rows;
    private final double[] results;
    private final double[] sums;

    Evaluator(TrainingStep step, Batches batches, StepScalars scalars, List<MetricDescription> metrics, int rows) {
        this.step = step;
        this.batches = batches;
        this.scalars = scalars;
        this.metrics = metrics;
        this.rows = rows;
        results = new double[1 + metrics.size()];
        sums = new double[results.length];
    }

    Evaluation evaluate(int[] examples) {
        Arrays.fill(sums, 0);
        for (int from = 0; from < examples.length; from += rows) {
            int count = Math.min(rows, examples.length - from);
            batches.load(examples, from, count);
            step.evaluate(count, scalars, results);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += count * results[i];
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < metrics.size(); i++) {
            values.put(metrics.get(i).name(), sums[1 + i] / examples.length);
        }
        return new Evaluation(sums[0] / examples.length, values);
    }
}
