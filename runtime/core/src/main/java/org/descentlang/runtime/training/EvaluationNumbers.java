package org.descentlang.runtime.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.MetricDescription;
import org.descentlang.runtime.UserException;

/**
 * An evaluation as numbers: the loss, then the metrics as {@link TrainingDescription#metrics} lists them, matrices row
 * by row.
 */
final class EvaluationNumbers {
    private EvaluationNumbers() {}

    static int count(TrainingDescription description) {
        return 1
                + description.metrics().stream()
                        .mapToInt(MetricDescription::count)
                        .sum();
    }

    static double[] of(Evaluation evaluation, TrainingDescription description) {
        return DoubleStream.concat(
                        DoubleStream.of(evaluation.loss()),
                        description.metrics().stream().flatMapToDouble(metric -> numbers(evaluation, metric)))
                .toArray();
    }

    private static DoubleStream numbers(Evaluation evaluation, MetricDescription metric) {
        return metric.isMatrix()
                ? Arrays.stream(evaluation.matrix(metric.name())).flatMapToDouble(Arrays::stream)
                : DoubleStream.of(evaluation.value(metric.name()));
    }

    /** @param from where they begin */
    static Evaluation evaluation(double[] numbers, int from, TrainingDescription description) {
        if (numbers.length < from + count(description)) {
            throw new UserException("The state of the run lacks metrics of " + description.name());
        }
        Map<String, Double> found = new LinkedHashMap<>();
        Map<String, double[][]> matrices = new LinkedHashMap<>();
        int place = from + 1;
        for (MetricDescription metric : description.metrics()) {
            if (metric.isMatrix()) {
                matrices.put(metric.name(), matrix(metric, numbers, place));
            } else {
                found.put(metric.name(), numbers[place]);
            }
            place += metric.count();
        }
        return new Evaluation(numbers[from], found, matrices);
    }

    private static double[][] matrix(MetricDescription metric, double[] numbers, int place) {
        int columns = metric.shape().getLast();
        double[][] matrix = new double[metric.shape().getFirst()][];
        for (int row = 0; row < matrix.length; row++) {
            matrix[row] = Arrays.copyOfRange(numbers, place + row * columns, place + (row + 1) * columns);
        }
        return matrix;
    }
}
