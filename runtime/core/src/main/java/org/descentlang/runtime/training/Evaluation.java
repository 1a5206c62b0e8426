package org.descentlang.runtime.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Results over a split in inference mode: means over its examples. */
public record Evaluation(double loss, Map<String, Double> metrics) {
    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
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
}
