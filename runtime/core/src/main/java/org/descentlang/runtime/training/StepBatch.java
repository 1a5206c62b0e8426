package org.descentlang.runtime.training;

import org.descentlang.description.ProgramRole;

/**
 * The examples of a step, for an {@link UpdateProcedure}: runs the programs of a step over them, micro-batch by
 * micro-batch. Random numbers are the same each time within a step. Allocates nothing after the first step.
 *
 * <p>The loss and gradient norm that a run reports for a step are those of the first call that evaluates them.
 */
public final class StepBatch {
    private final TrainingStep step;
    private final RunPlan plan;
    private final ExampleOrder order;
    private final Batches batches;
    private final StepScalars scalars;
    private final boolean needsNorm;
    private final boolean normMustBeFinite;
    private final boolean hasLookAhead;
    private final boolean hasLoss;
    private final boolean hasStep;
    private final boolean hasNorm;

    private long number;
    private boolean evaluated;
    private double loss = Double.NaN;
    private double gradientNorm = Double.NaN;
    private float[] running = new float[0];

    /** @param needsNorm whether {@link #gradientNorm} will be called */
    StepBatch(
            TrainingStep step,
            RunPlan plan,
            ExampleOrder order,
            Batches batches,
            StepScalars scalars,
            boolean needsNorm) {
        this.step = step;
        this.plan = plan;
        this.order = order;
        this.batches = batches;
        this.scalars = scalars;
        this.normMustBeFinite = step.description().skipNonfinite();
        this.needsNorm = needsNorm || normMustBeFinite;
        hasLookAhead = step.roles().contains(ProgramRole.LOOK_AHEAD);
        hasLoss = step.roles().contains(ProgramRole.LOSS);
        hasStep = step.roles().contains(ProgramRole.STEP);
        hasNorm = step.roles().contains(ProgramRole.GRADIENT_NORM);
    }

    /** @param steps done before */
    void begin(long steps) {
        number = steps;
        evaluated = false;
        scalars.draw = steps * plan.accumulate();
    }

    /** What was found of the last step, before this one was made. */
    void restore(double lastLoss, double lastNorm) {
        loss = lastLoss;
        gradientNorm = lastNorm;
    }

    /** Its memory: parameters and gradients can be read and changed between programs. */
    public TrainingStep memory() {
        return step;
    }

    /** The numbers of this step. */
    public StepScalars scalars() {
        return scalars;
    }

    /** The number of examples. */
    public int examples() {
        return (int) Math.min((long) plan.rows() * plan.accumulate(), plan.examples() - firstExample());
    }

    /**
     * Writes the gradients of the mean loss over the examples, at the parameters or where the update rule looks ahead,
     * and changes running state once per micro-batch.
     *
     * @return that loss
     */
    public double gradient() {
        if (hasLookAhead) {
            step.run(ProgramRole.LOOK_AHEAD, 1, scalars);
        }
        int microBatches = microBatches();
        double found = microBatches == 1 ? mean(ProgramRole.GRADIENT) : accumulated(microBatches);
        if (!evaluated) {
            gradientNorm = needsNorm ? norm() : Double.NaN;
        }
        return evaluated(found);
    }

    private double accumulated(int microBatches) {
        double sum = 0;
        int examples = 0;
        for (int i = 0; i < microBatches; i++) {
            int rows = load(i);
            sum += rows * step.run(ProgramRole.GRADIENT, rows, scalars)[0];
            step.sumGradients((double) rows / rowsOf(0), i == 0);
            examples += rows;
        }
        step.averageGradients((double) rowsOf(0) / examples);
        return sum / examples;
    }

    /**
     * The mean loss over the examples in training mode, at the current parameters. Running state does not change; the
     * gradients do if the step has no program for the loss alone.
     */
    public double loss() {
        return evaluated(hasLoss ? mean(ProgramRole.LOSS) : lossOfGradient());
    }

    private double lossOfGradient() {
        int count = step.description().runningCount();
        running = running.length == count ? running : new float[count];
        step.read(StepArray.RUNNING, running);
        double found = mean(ProgramRole.GRADIENT);
        step.write(StepArray.RUNNING, running);
        return found;
    }

    private double mean(ProgramRole role) {
        int microBatches = microBatches();
        if (microBatches == 1) {
            return step.run(role, load(0), scalars)[0];
        }
        double sum = 0;
        for (int i = 0; i < microBatches; i++) {
            int rows = load(i);
            sum += rows * step.run(role, rows, scalars)[0];
        }
        return sum / examples();
    }

    /** The 2-norm of the current gradients. */
    public double norm() {
        return hasNorm ? step.run(ProgramRole.GRADIENT_NORM, 1, scalars)[0] : 0;
    }

    /** Clips the gradients and updates parameters and states by the update rule. */
    public void update() {
        step.run(ProgramRole.UPDATE, 1, scalars);
    }

    /** Whether gradient and update can be one program, between which nothing is asked for. */
    boolean runsAtOnce() {
        return hasStep && !needsNorm && microBatches() == 1;
    }

    /** Whether the norm of the gradient is asked for. */
    boolean needsNorm() {
        return needsNorm;
    }

    /** Puts the step into the queue of those that run at once without being waited for. */
    void enqueue(StepQueue queue) {
        queue.add(load(0), scalars);
    }

    void atOnce() {
        gradientNorm = Double.NaN;
        evaluated(mean(ProgramRole.STEP));
    }

    private double evaluated(double found) {
        if (!evaluated) {
            loss = found;
            evaluated = true;
        }
        return found;
    }

    /** Whether the step may be made: the loss is finite, and the gradients where `on nonfinite skip` asks. */
    public boolean isFinite() {
        return Double.isFinite(loss) && !(normMustBeFinite && !Double.isFinite(gradientNorm));
    }

    /** Of the last step, the first that was found. */
    double reportedLoss() {
        return loss;
    }

    /** Of the last step, before clipping; NaN unless it was asked for. */
    double gradientNorm() {
        return gradientNorm;
    }

    /** Repeats the gradients, without an update; empty if all values are finite. */
    String firstNonfinite() {
        if (hasLookAhead) {
            step.run(ProgramRole.LOOK_AHEAD, 1, scalars);
        }
        for (int i = 0; i < microBatches(); i++) {
            int rows = load(i);
            step.run(ProgramRole.GRADIENT, rows, scalars);
            batches.copy(order.examples(), firstOf(i), rows);
            String operation = step.firstNonfinite(rows, scalars);
            if (!operation.isEmpty()) {
                return operation;
            }
        }
        return "";
    }

    private int microBatches() {
        return Math.min(plan.accumulate(), Math.ceilDiv(plan.examples() - firstExample(), plan.rows()));
    }

    /** Without data there is one example, the same in every step. */
    private int firstExample() {
        return (int) (number % plan.stepsPerEpoch() * plan.accumulate() * plan.rows() % plan.examples());
    }

    private int load(int microBatch) {
        int rows = rowsOf(microBatch);
        batches.load(order.examples(), firstOf(microBatch), rows);
        scalars.draw = number * plan.accumulate() + microBatch;
        return rows;
    }

    /** In the order of the examples. */
    private int firstOf(int microBatch) {
        return firstExample() + microBatch * plan.rows();
    }

    /** Only the last micro-batch of an epoch may be incomplete. */
    private int rowsOf(int microBatch) {
        return Math.min(plan.rows(), plan.examples() - firstOf(microBatch));
    }
}
