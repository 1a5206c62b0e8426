package org.descentlang.cli;

import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.MetricFormula;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingStep;

/**
 * A generated program that knows which operation gave the first value that is not finite. Of what is fused into one
 * kernel, generated code sees the result alone; the reference evaluator sees every value.
 */
record LocatedProgram(TrainingProgram generated, TrainingSpec training) implements TrainingProgram {
    @Override
    public TrainingDescription description() {
        return generated.description();
    }

    @Override
    public MetricFormula formula() {
        return generated.formula();
    }

    @Override
    public TrainingStep open(int capacity, Team team) {
        var reference = new ReferenceProgram(training);
        return new LocatedStep(generated.open(capacity, team), () -> reference.open(capacity, team));
    }
}
