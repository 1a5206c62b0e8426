package org.descentlang.runtime.training;

/**
 * A training ended because a value became infinite or NaN, or because a schedule gave a hyperparameter a value out of
 * its range. {@link #result} says in which step and operation, and holds the last parameters that were finite: the
 * initial ones, if no step was good.
 */
public final class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient TrainingResult result;

    TrainingFailedException(TrainingResult result) {
        super(result.description().name() + ": " + result.reason().text());
        this.result = result;
    }

    public TrainingResult result() {
        return result;
    }
}
