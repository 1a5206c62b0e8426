package org.descentlang.runtime.training;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.descentlang.description.MetricReference;
import org.descentlang.description.TrainingDescription;

/** The latest values of everything that a run can stop on or keep the best of. */
final class Measurements implements RunPart {
    private static final String NUMBERS = "measured.numbers";
    private static final String COUNTS = "measured.counts";
    private static final String SPLIT = "measured.";

    private final TrainingDescription description;
    private long started = System.nanoTime();

    /** By the name of the split, as references have it: they are looked up in every step. */
    private final Map<String, Evaluation> evaluations = new HashMap<>();

    private final Map<String, Long> evaluated = new HashMap<>();
    private long steps;
    private long updates;
    private double loss = Double.NaN;
    private double gradientNorm = Double.NaN;

    Measurements(TrainingDescription description) {
        this.description = description;
    }

    /** A step that was skipped measured nothing. */
    @Override
    public void stepped(Stepper stepper) {
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

    @Override
    public void save(RunState state) {
        state.put(COUNTS, steps, updates);
        state.put(NUMBERS, loss, gradientNorm, seconds());
        evaluations.forEach((split, evaluation) -> {
            state.put(SPLIT + split, EvaluationNumbers.of(evaluation, description));
            state.put(SPLIT + split + ".count", evaluated.getOrDefault(split, 0L));
        });
    }

    @Override
    public void load(RunState state) {
        long[] counts = state.longs(COUNTS, 2);
        steps = counts[0];
        updates = counts[1];
        double[] numbers = state.doubles(NUMBERS, 3);
        loss = numbers[0];
        gradientNorm = numbers[1];
        started = System.nanoTime() - (long) (numbers[2] * 1e9);
        for (SplitName name : SplitName.values()) {
            String split = name.toString();
            if (state.has(SPLIT + split)) {
                evaluations.put(split, EvaluationNumbers.evaluation(state.doubles(SPLIT + split), 0, description));
                evaluated.put(split, state.longs(SPLIT + split + ".count", 1)[0]);
            }
        }
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
