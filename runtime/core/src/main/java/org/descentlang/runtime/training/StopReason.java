package org.descentlang.runtime.training;

/** Why a run ended. */
public sealed interface StopReason {
    /** All steps were made. */
    record Finished() implements StopReason {}

    /** @param reason `validation.accuracy stalled for 6 epochs` */
    record Condition(String reason) implements StopReason {}

    /** The run was asked to stop. */
    record Interrupted() implements StopReason {}

    /**
     * A schedule gave a hyperparameter a value out of its range; the result is the state before that step.
     *
     * @param step 1 for the first
     * @param cause the schedule, the hyperparameter, the value and what it must be
     */
    record OutOfRange(long step, String cause) implements StopReason {}

    /**
     * A value became infinite or NaN; the result is the state before that step.
     *
     * @param step 1 for the first
     * @param operation the first one with such a value and its place in the `.opt` file
     */
    record Nonfinite(long step, String operation) implements StopReason {}

    /**
     * With `on nonfinite skip`: no step after the last good one had a loss and a gradient that are finite, over all of
     * the training examples; the result is the state of that step.
     *
     * @param after the last good step; 0 if there is none
     * @param operation the first one with such a value in the step after it
     */
    record EveryStepSkipped(long after, String operation) implements StopReason {}

    /** Whether the run ended because values were not finite or out of range. */
    default boolean isFailure() {
        return switch (this) {
            case Finished _, Condition _, Interrupted _ -> false;
            case OutOfRange _, Nonfinite _, EveryStepSkipped _ -> true;
        };
    }

    /** Text that follows the name of the training: `stopped because loss < 0.1`. */
    default String text() {
        return switch (this) {
            case Finished _ -> "finished";
            case Condition(var condition) -> "stopped because " + condition;
            case Interrupted _ -> "interrupted";
            case OutOfRange(var step, var cause) -> "stopped before step " + step + " because " + cause;
            case Nonfinite(var step, var operation) ->
                ("stopped because in step %d a value became infinite or not a number, first in %s,"
                                + " and went back to the last finite parameters")
                        .formatted(step, operation);
            case EveryStepSkipped(var after, var operation) ->
                (after == 0
                                ? "learnt nothing, because every step was skipped"
                                : "learnt nothing after step " + after
                                        + ", because every step from then on was skipped")
                        + ": a value was infinite or not a number, first in " + operation;
        };
    }
}
