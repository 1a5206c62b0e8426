package org.descentlang.runtime.training;

/**
 * A training ended because values became infinite or not a number, or because a schedule gave a hyperparameter a value
 * that it must not have. {@link #result} says in which step and what was computed there, and holds the last parameters
 * that were finite: those of the start, if no step was good.
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
