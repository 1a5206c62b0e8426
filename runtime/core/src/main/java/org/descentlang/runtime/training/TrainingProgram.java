package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.thread.Team;

/** A `train` declaration on one target: its facts, and steps to run it. Generated code implements it. */
public interface TrainingProgram {
    TrainingDescription description();

    /** Computes metrics from the statistics that steps evaluate. */
    MetricFormula formula();

    /**
     * Makes a step.
     *
     * @param capacity the largest number of rows in a call of the step
     * @param team the threads it may use; the caller closes it
     */
    TrainingStep open(int capacity, Team team);
}
