package org.descentlang.runtime.training;

import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of a run one after the other, each from its micro-batches. What a step does depends on the seed, its number and the state
 * alone, so a run can be taken up at any step. Allocates nothing.
 */
final class Stepper {
    private final TrainingStep step;
    private final RunPlan plan;
    private final Schedules schedules;
    private final ExampleOrder order;
    private final Batches batches;
    private final StepScalars scalars;
    private final boolean skipNonfinite;
    private final boolean needsNorm;
    private final @Nullable TrainingState beforeStep;
    private final StepQueue queue;

    private long steps;
    private long updates;
    private long lastUpdate;
    private long orderedEpoch = -1;

    private boolean queueing;

    private double loss = Double.NaN;
    private double lossSum;
    private double gradientNorm = Double.NaN;
    private int examples;
    private boolean scheduled = true;

    /** @param needsNorm whether {@link #gradientNorm} will be asked for */
    Stepper(
            TrainingStep step,
            RunPlan plan,
            Schedules schedules,
            ExampleOrder order,
            Batches batches,
            StepScalars scalars,
            boolean needsNorm) {
        this.step = step;
        this.plan = plan;
        this.schedules = schedules;
        this.order = order;
        this.batches = batches;
        this.scalars = scalars;
        this.skipNonfinite = step.description().skipNonfinite();
        this.needsNorm = needsNorm || skipNonfinite;
        // A forward pass over bad values spoils running state, too.
        this.beforeStep = skipNonfinite && step.description().runningCount() > 0
                ? TrainingState.allocate(step.description())
                : null;
        queue = new StepQueue(step);
        queueing = step.queueLength() > 1 && plan.accumulate() == 1 && !this.needsNorm;
    }

    /**
     * Takes a step. One that `skip` skips leaves everything as it was.
     *
     * @return whether an update was made, as far as losses are known: not if the loss, or with `skip` the gradient, is not finite, nor, before
     *     anything is done, if a schedule leaves its range
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
        boolean finite = microBatches() == 1 && !needsNorm ? stepAtOnce() : stepInParts();
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
        queue.add(load(0), scalars);
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

    private boolean stepAtOnce() {
        examples = load(0);
        loss = step.step(examples, scalars);
        return Double.isFinite(loss);
    }

    private boolean stepInParts() {
        int microBatches = microBatches();
        double sum = 0;
        examples = 0;
        for (int i = 0; i < microBatches; i++) {
            int rows = load(i);
            sum += rows * step.gradient(rows, i > 0, scalars);
            examples += rows;
        }
        loss = sum / examples;
        double scale = (double) rowsOf(0) / examples;
        if (needsNorm) {
            gradientNorm = step.gradientNorm() * scale;
        }
        boolean finite = Double.isFinite(loss) && !(skipNonfinite && !Double.isFinite(gradientNorm));
        if (finite) {
            step.update(scale, scalars);
        }
        return finite;
    }

    /** Whether all schedules were in their range at the last step that was tried. */
    boolean isScheduled() {
        return scheduled;
    }

    /** Which schedule leaves its range in the step at hand. */
    String scheduleMistake() {
        return schedules.mistake(step, updates);
    }

    /** Repeats the gradients of the step at hand, without an update; empty if all values are finite. */
    String firstNonfinite() {
        prepare();
        for (int i = 0; i < microBatches(); i++) {
            int rows = load(i);
            step.gradient(rows, i > 0, scalars);
            String operation = step.firstNonfinite(rows, scalars);
            if (!operation.isEmpty()) {
                return operation;
            }
        }
        return "";
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
        return gradientNorm;
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
    }

    private int microBatches() {
        return Math.min(plan.accumulate(), Math.ceilDiv(plan.examples() - firstExample(), plan.rows()));
    }

    /** Without data there is one example, the same in every step. */
    private int firstExample() {
        return (int) (steps % plan.stepsPerEpoch() * plan.accumulate() * plan.rows() % plan.examples());
    }

    private int load(int microBatch) {
        int rows = rowsOf(microBatch);
        batches.load(order.examples(), firstExample() + microBatch * plan.rows(), rows);
        scalars.draw = steps * plan.accumulate() + microBatch;
        scalars.weight = (double) rows / rowsOf(0);
        return rows;
    }

    /** Only the last micro-batch of an epoch may be incomplete. */
    private int rowsOf(int microBatch) {
        return Math.min(plan.rows(), plan.examples() - firstExample() - microBatch * plan.rows());
    }
}
