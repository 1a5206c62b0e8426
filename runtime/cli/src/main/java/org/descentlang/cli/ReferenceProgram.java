package org.descentlang.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.reference.ReferenceRun;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.MetricFormula;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingStep;

/**
 * A `train` for the reference evaluator, which runs what was written: only what nothing needs is left out, since it may
 * read numbers that are none of a run's, such as a layer's size. Where it lies in memory depends on the largest batch,
 * which `open` is told.
 */
public final class ReferenceProgram implements TrainingProgram {
    private final TrainingSpec training;
    private Optional<ReferenceStep> opened = Optional.empty();

    public ReferenceProgram(TrainingSpec training) {
        this.training = training;
    }

    @Override
    public TrainingDescription description() {
        return ReferenceRun.describe(training);
    }

    @Override
    public MetricFormula formula() {
        return new ReferenceFormula(training);
    }

    @Override
    public TrainingStep open(int capacity, Team team) {
        var step = new ReferenceStep(training, capacity);
        opened = Optional.of(step);
        return step;
    }

    /** What the parameters are now, by path, unrounded. */
    Map<String, double[]> parameters() {
        var values = new LinkedHashMap<String, double[]>();
        opened.ifPresent(step -> values.putAll(step.parameters()));
        return values;
    }
}
