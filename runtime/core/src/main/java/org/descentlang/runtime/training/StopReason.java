package org.descentlang.runtime.training;

/** Why a run ended. */
public sealed interface StopReason {
    /** All steps were made. */
    record Finished() implements StopReason {}

    /** @param reason `validation.accuracy stalled for 6 epochs` */
    record Condition(String reason) implements StopReason {}

    /** Someone asked for it. */
    record Interrupted() implements StopReason {}

    /**
     * A value became infinite or NaN; the result is the state before that step.
     *
     * @param step 1 for the first
     * @param operation the first one with such a value and its place in the `.opt` file
     */
    record Nonfinite(long step, String operation) implements StopReason {}
}
