package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.thread.Team;

/** A `train` declaration on one target: its facts, and steps to run it. Generated code implements it. */
public interface TrainingProgram {
    TrainingDescription description();

    /** What makes metrics of the statistics that steps evaluate. */
    MetricFormula formula();

    /**
     * Makes a step.
     *
     * @param capacity the most rows that a call of the step will be given
     * @param team the threads it may use; stays the caller's to close
     */
    TrainingStep open(int capacity, Team team);
}
