package org.descentlang.runtime.training;

import org.descentlang.description.Duration;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.UserException;

/**
 * How a run divides its examples; known once the data is read.
 *
 * @param examples to train on; 1 without data
 * @param rows examples of a micro-batch; the last one of an epoch may have fewer
 * @param accumulate micro-batches of a step
 * @param stepsPerEpoch the last step of an epoch may have fewer micro-batches; without data and with a length in steps,
 *     the whole run is one epoch
 * @param steps of the whole run, unless it stops before
 */
public record RunPlan(int examples, int rows, int accumulate, long stepsPerEpoch, long steps) {
    static RunPlan of(TrainingDescription description, Duration length, int examples) {
        int rows = description.batch() == 0 ? examples : Math.min(description.batch(), examples);
        int microBatches = Math.ceilDiv(examples, rows);
        long stepsPerEpoch = Math.ceilDiv(microBatches, description.accumulate());
        if (description.data().isEmpty() && length.unit() == Duration.Unit.STEPS) {
            stepsPerEpoch = Math.max(1, Math.round(length.amount()));
        }
        var oneEpoch = new RunPlan(examples, rows, description.accumulate(), stepsPerEpoch, stepsPerEpoch);
        long steps = Math.round(oneEpoch.steps(length));
        if (steps < 1) {
            throw new UserException("%s: a run of %s has no steps: an epoch has %d"
                    .formatted(description.name(), length, stepsPerEpoch));
        }
        return new RunPlan(examples, rows, description.accumulate(), stepsPerEpoch, steps);
    }

    /** Epochs begun, the last of which may be cut short. */
    public long epochs() {
        return Math.ceilDiv(steps, stepsPerEpoch);
    }

    /** The last step of an epoch may have fewer examples than the others; without data a step counts as one. */
    private double stepsForSamples(double samples) {
        if (stepsPerEpoch > examples) {
            return samples;
        }
        double epochs = Math.floor(samples / examples);
        double left = samples - epochs * examples;
        double full = (double) rows * accumulate;
        double before = Math.floor(left / full);
        double examplesOfStep = Math.min(full, examples - before * full);
        return epochs * stepsPerEpoch + before + (left - before * full) / examplesOfStep;
    }

    /** A duration in steps; `rest` is the whole run. */
    double steps(Duration duration) {
        return switch (duration.unit()) {
            case STEPS -> duration.amount();
            case EPOCHS -> duration.amount() * stepsPerEpoch;
            case SAMPLES -> stepsForSamples(duration.amount());
            case REST -> steps;
            case SECONDS -> throw new IllegalArgumentException("Seconds are no number of steps");
        };
    }
}
