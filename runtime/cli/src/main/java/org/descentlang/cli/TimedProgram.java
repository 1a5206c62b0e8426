package org.descentlang.cli;

import java.util.List;
import java.util.function.Consumer;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.device.TimedStep;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.MetricFormula;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingStep;

/** A program whose steps tell how long their tasks take, if they run on a device. */
record TimedProgram(TrainingProgram program, Consumer<List<ProgramTime>> listener) implements TrainingProgram {
    @Override
    public TrainingDescription description() {
        return program.description();
    }

    @Override
    public MetricFormula formula() {
        return program.formula();
    }

    @Override
    public TrainingStep open(int capacity, Team team) {
        TrainingStep step = program.open(capacity, team);
        if (step instanceof TimedStep timed) {
            timed.tellTimes(listener);
        }
        return step;
    }
}
