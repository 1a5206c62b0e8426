package org.descentlang.runtime.training;

/**
 * Which programs make a step of a batch, and in which order: gradient and update for a rule of first order, the loss at
 * several points for a line search. It must do the same whenever a step is repeated, and allocate nothing.
 */
@FunctionalInterface
public interface UpdateProcedure {
    /**
     * Takes a step.
     *
     * @return whether it counts as an update: if not, because {@link StepBatch#isFinite} is not, parameters and states
     *     are as they were
     */
    boolean step(StepBatch batch);
}
