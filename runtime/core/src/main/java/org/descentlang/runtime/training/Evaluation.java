package org.descentlang.runtime.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Results over a split in inference mode.
 *
 * @param loss the mean over the examples
 * @param metrics those that are numbers
 * @param matrices metrics that are matrices, by rows: a confusion matrix
 */
public record Evaluation(double loss, Map<String, Double> metrics, Map<String, double[][]> matrices) {
    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        matrices = Collections.unmodifiableMap(new LinkedHashMap<>(matrices));
    }

    public Evaluation(double loss, Map<String, Double> metrics) {
        this(loss, metrics, Map.of());
    }

    /** @param name a metric, or `loss` */
    public double value(String name) {
        if (name.equals("loss")) {
            return loss;
        }
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No metric " + name + " among " + metrics.keySet());
        }
        return value;
    }

    /** @param name a metric that is a matrix */
    public double[][] matrix(String name) {
        double[][] matrix = matrices.get(name);
        if (matrix == null) {
            throw new IllegalArgumentException("No matrix " + name + " among " + matrices.keySet());
        }
        return matrix;
    }
}
