package org.descentlang.runtime.training;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The latest values of everything that a run can stop on or keep the best of. */
final class Measurements {
    private final long started = System.nanoTime();
    /** By the name of the split, as references have it: they are looked up in every step. */
    private final Map<String, Evaluation> evaluations = new HashMap<>();

    private final Map<String, Long> evaluated = new HashMap<>();
    private long steps;
    private long updates;
    private double loss = Double.NaN;
    private double gradientNorm = Double.NaN;

    /** After each step; one that was skipped measured nothing. */
    void stepped(Stepper stepper) {
        steps = stepper.steps();
        if (stepper.updates() == updates) {
            return;
        }
        updates = stepper.updates();
        loss = stepper.loss();
        gradientNorm = stepper.gradientNorm();
    }

    void measured(SplitName split, Evaluation evaluation) {
        evaluations.put(split.toString(), evaluation);
        evaluated.merge(split.toString(), 1L, Long::sum);
    }

    Optional<Evaluation> evaluation(SplitName split) {
        return Optional.ofNullable(evaluations.get(split.toString()));
    }

    /** NaN before it was measured. */
    double value(MetricReference metric) {
        if (metric.split().isEmpty()) {
            return metric.metric().equals("gradient_norm") ? gradientNorm : loss;
        }
        Evaluation evaluation = evaluations.get(metric.split());
        return evaluation == null ? Double.NaN : evaluation.value(metric.metric());
    }

    /** How often it was measured so far. */
    long count(MetricReference metric) {
        return metric.split().isEmpty() ? updates : evaluated.getOrDefault(metric.split(), 0L);
    }

    long steps() {
        return steps;
    }

    double seconds() {
        return (System.nanoTime() - started) * 1e-9;
    }
}
