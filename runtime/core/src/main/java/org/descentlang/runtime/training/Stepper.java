package org.descentlang.runtime.training;

import org.descentlang.runtime.UserException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of a run one after the other. What a step does depends on the seed, its number and the state alone,
 * so a run can be taken up at any step. Allocates nothing.
 */
final class Stepper implements RunPart {
    private static final String COUNTS = "steps.counts";
    private static final String NUMBERS = "steps.numbers";
    private static final String HYPERPARAMETERS = "steps.hyperparameters";
    private static final String MEMORY = "steps";

    private final TrainingStep step;
    private final RunPlan plan;
    private final Schedules schedules;
    private final ExampleOrder order;
    private final StepBatch batch;
    private final UpdateProcedure procedure;
    private final StepScalars scalars;
    private final boolean skipNonfinite;
    private final @Nullable TrainingState beforeStep;
    private final StepQueue queue;

    private long steps;
    private long updates;
    private long lastUpdate;
    private long orderedEpoch = -1;
    private boolean scheduled = true;

    private boolean queueing;
    private double loss = Double.NaN;
    private double lossSum;
    private int examples;

    /** @param needsNorm whether {@link #gradientNorm} will be asked for */
    Stepper(
            TrainingStep step,
            RunPlan plan,
            Schedules schedules,
            ExampleOrder order,
            Batches batches,
            UpdateProcedure procedure,
            StepScalars scalars,
            boolean needsNorm) {
        this.step = step;
        this.plan = plan;
        this.schedules = schedules;
        this.order = order;
        this.batch = new StepBatch(step, plan, order, batches, scalars, needsNorm);
        this.procedure = procedure;
        this.scalars = scalars;
        this.skipNonfinite = step.description().skipNonfinite();
        // A forward pass over bad values spoils running state, too.
        this.beforeStep = skipNonfinite && step.description().runningCount() > 0
                ? TrainingState.allocate(step.description())
                : null;
        queue = new StepQueue(step);
        queueing = step.queueLength() > 1
                && plan.accumulate() == 1
                && procedure instanceof FirstOrder
                && !batch.needsNorm();
    }

    /**
     * Takes a step. One that `skip` skips leaves everything as it was.
     *
     * @return whether an update was made, as far as losses are known: not if the loss, or with `skip` the gradient, is
     *     not finite, nor, before anything is done, if a schedule leaves its range
     */
    boolean advance() {
        prepare();
        if (!scheduled) {
            return false;
        }
        if (queueing) {
            return enqueue();
        }
        if (beforeStep != null) {
            step.save(beforeStep);
        }
        boolean finite = procedure.step(batch);
        loss = batch.reportedLoss();
        examples = batch.examples();
        lossSum = loss * examples;
        steps++;
        if (finite) {
            updates++;
            lastUpdate = steps;
        } else if (beforeStep != null) {
            step.load(beforeStep);
        }
        return finite;
    }

    /** The loss of the first step is read at once: a run may fail there. */
    private boolean enqueue() {
        batch.enqueue(queue);
        steps++;
        updates++;
        lastUpdate = steps;
        examples = 0;
        lossSum = 0;
        boolean due = queue.isFull() || steps == 1 || steps % plan.stepsPerEpoch() == 0 || steps == plan.steps();
        return !due || readLosses();
    }

    /** Of the steps that were taken without waiting for them. Returns whether all are finite. */
    boolean readLosses() {
        boolean finite = queue.read();
        loss = queue.last();
        lossSum = queue.sum();
        examples = queue.examples();
        return finite;
    }

    /** Whether the losses of all steps are known. */
    boolean knowsLosses() {
        return queue.isEmpty();
    }

    /** Whether all schedules were in their range at the last step that was tried. */
    boolean isScheduled() {
        return scheduled;
    }

    /** Which schedule leaves its range in the current step. */
    String scheduleMistake() {
        return schedules.mistake(step, updates);
    }

    /** Repeats the gradients of the current step, without an update; empty if all values are finite. */
    String firstNonfinite() {
        prepare();
        return batch.firstNonfinite();
    }

    /**
     * From here on, steps are looked at one by one.
     *
     * @param made updates: fewer than {@code tried} if steps were skipped
     */
    void moveTo(long tried, long made) {
        queueing = false;
        steps = tried;
        updates = made;
    }

    @Override
    public void save(RunState state) {
        state.put(COUNTS, steps, updates, lastUpdate, scalars.update, scalars.draw);
        state.put(NUMBERS, loss(), gradientNorm());
        state.put(HYPERPARAMETERS, scalars.hyperparameters);
        TrainingState memory = TrainingState.allocate(step.description());
        step.save(memory);
        state.put(MEMORY, memory);
    }

    @Override
    public void load(RunState state) {
        long[] counts = state.longs(COUNTS, 5);
        steps = counts[0];
        updates = counts[1];
        lastUpdate = counts[2];
        if (updates < 0 || updates > steps || lastUpdate > steps) {
            throw new UserException("The state of the run has %d updates in %d steps".formatted(updates, steps));
        }
        scalars.update = counts[3];
        scalars.draw = counts[4];
        double[] numbers = state.doubles(NUMBERS, 2);
        loss = numbers[0];
        batch.restore(numbers[0], numbers[1]);
        double[] values = state.doubles(HYPERPARAMETERS, scalars.hyperparameters.length);
        System.arraycopy(values, 0, scalars.hyperparameters, 0, values.length);
        TrainingState memory = TrainingState.allocate(step.description());
        state.get(MEMORY, memory);
        step.load(memory);
    }

    /** Tried so far. */
    long steps() {
        return steps;
    }

    /** Made so far. */
    long updates() {
        return updates;
    }

    long skipped() {
        return steps - updates;
    }

    /** Tried since the last update. */
    long skippedAtEnd() {
        return steps - lastUpdate;
    }

    /** Whether a step whose gradient is not finite is left out rather than the end. */
    boolean skips() {
        return skipNonfinite;
    }

    /** Of the last step whose loss is known, a mean over its examples. */
    double loss() {
        return loss;
    }

    /** Of the last step, before clipping; NaN unless it was asked for. */
    double gradientNorm() {
        return batch.gradientNorm();
    }

    /** Over the {@link #examples}. */
    double lossSum() {
        return lossSum;
    }

    /** Of the steps whose losses became known with the last: of this one, or of several, or of none. */
    int examples() {
        return examples;
    }

    private void prepare() {
        long epoch = steps / plan.stepsPerEpoch();
        if (epoch != orderedEpoch) {
            order.begin(epoch);
            orderedEpoch = epoch;
        }
        scheduled = schedules.set(step, updates, scalars.hyperparameters);
        scalars.update = updates + 1;
        batch.begin(steps);
    }
}
