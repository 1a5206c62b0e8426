package org.descentlang.runtime.training;

import org.descentlang.runtime.training.StopReason.EveryStepSkipped;
import org.descentlang.runtime.training.StopReason.Nonfinite;

/**
 * Finds the step that made a value infinite or NaN, and the state before it.
 *
 * <p>A NaN may show long after it arose: in a gradient it spoils parameters, and the loss of a later step tells.
 * Watching every value would cost as much as an update. Instead the state is kept every now and then, and since a run
 * does the same whenever it is repeated, the steps from there are made again, this time with a look at everything.
 */
final class Snapshots implements RunPart {
    private static final String COUNTS = "finite.counts";
    private static final String STATE = "finite";

    /** Copying the state this rarely costs nothing; repeating so many steps takes seconds. */
    static final int STEPS_BETWEEN = 500;

    private final TrainingStep step;
    private final Stepper stepper;
    private TrainingState kept;
    private TrainingState spare;
    private long keptSteps;
    private long keptUpdates;

    /** @param initial the state at the first step; taken over */
    Snapshots(TrainingStep step, Stepper stepper, TrainingState initial) {
        this.step = step;
        this.stepper = stepper;
        kept = initial;
        spare = TrainingState.allocate(step.description());
    }

    /** Called before each step. */
    void keepIfDue() {
        if (stepper.steps() - keptSteps < STEPS_BETWEEN) {
            return;
        }
        step.save(spare);
        if (spare.isFinite()) {
            TrainingState old = kept;
            kept = spare;
            spare = old;
            keptSteps = stepper.steps();
            keptUpdates = stepper.updates();
        }
    }

    /** Where the state that the run goes on from is finite, that one does as well. */
    @Override
    public void save(RunState state) {
        if (!stateIsFinite()) {
            state.put(COUNTS, keptSteps, keptUpdates);
            state.put(STATE, kept.copy());
        }
    }

    @Override
    public void load(RunState state) {
        if (state.has(COUNTS)) {
            long[] counts = state.longs(COUNTS, 2);
            keptSteps = counts[0];
            keptUpdates = counts[1];
            state.get(STATE, kept);
        } else {
            step.save(kept);
            keptSteps = stepper.steps();
            keptUpdates = stepper.updates();
        }
    }

    boolean stateIsFinite() {
        return current().isFinite();
    }

    /** The state as it is: a copy that is good until the next call. */
    TrainingState current() {
        step.save(spare);
        return spare;
    }

    /** Takes the run back to before the step that went wrong. */
    Nonfinite returnToLastFinite() {
        long first = firstBadStep();
        repeatTo(first);
        String operation = firstNonfinite();
        return new Nonfinite(first + 1, operation.isEmpty() ? "the update of the parameters" : operation);
    }

    /** What to say of a run whose steps after the last update were all skipped: they met the parameters of today. */
    EveryStepSkipped whyAllWereSkipped() {
        long steps = stepper.steps();
        long after = steps - stepper.skippedAtEnd();
        stepper.moveTo(after, stepper.updates());
        String operation = firstNonfinite();
        stepper.moveTo(steps, stepper.updates());
        return new EveryStepSkipped(after, operation.isEmpty() ? "the norm of the gradient" : operation);
    }

    /** Of the next step. Leaves the state as it is. */
    private String firstNonfinite() {
        step.save(spare);
        String operation = stepper.firstNonfinite();
        step.load(spare);
        return operation;
    }

    /** Steps done before it. */
    private long firstBadStep() {
        long last = stepper.steps();
        repeatTo(keptSteps);
        boolean finite = true;
        while (finite && stepper.steps() < last) {
            boolean updated = stepper.advance();
            finite = (updated || stepper.skips()) && stateIsFinite();
        }
        return stepper.steps() - 1;
    }

    private void repeatTo(long steps) {
        step.load(kept);
        stepper.moveTo(keptSteps, keptUpdates);
        while (stepper.steps() < steps) {
            stepper.advance();
        }
    }

    /** What is no longer needed at the end of a run. */
    TrainingState release() {
        return kept;
    }
}
