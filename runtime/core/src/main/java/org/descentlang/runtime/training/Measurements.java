package org.descentlang.runtime.training;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The latest values of everything that a run can stop on or keep the best of. */
final class Measurements {
    private final long started = System.nanoTime();
    private final Map<SplitName, Evaluation> evaluations = new EnumMap<>(SplitName.class);
    private long steps;
    private double loss = Double.NaN;
    private double gradientNorm = Double.NaN;

    void measured(Stepper stepper) {
        steps = stepper.steps();
        loss = stepper.loss();
        gradientNorm = stepper.gradientNorm();
    }

    void measured(SplitName split, Evaluation evaluation) {
        evaluations.put(split, evaluation);
    }

    Optional<Evaluation> evaluation(SplitName split) {
        return Optional.ofNullable(evaluations.get(split));
    }

    /** NaN before it was measured. */
    double value(MetricReference metric) {
        if (metric.split().isEmpty()) {
            return metric.metric().equals("gradient_norm") ? gradientNorm : loss;
        }
        Evaluation evaluation = evaluations.get(SplitName.of(metric.split()));
        return evaluation == null ? Double.NaN : evaluation.value(metric.metric());
    }

    long steps() {
        return steps;
    }

    double seconds() {
        return (System.nanoTime() - started) * 1e-9;
    }
}
