package org.descentlang.runtime.training;

import java.util.List;

/**
 * What the training loop drives: one `train` of an `.opt` file on one target. Generated classes implement it for the CPU and for
 * TornadoVM, the reference evaluator for the oracle; the loop is the same for all.
 *
 * <p>A step is: the loop writes the examples of a batch into {@link #floatInputs} and {@link #intInputs}, calls {@link #gradient}
 * (once per micro-batch), then {@link #update}, or {@link #step} for both. Nothing is allocated by these calls after
 * the first few.
 */
public interface TrainingStep extends AutoCloseable {
    TrainingDescription description();

    /** What of the `.opt` file makes no difference here. */
    default List<String> warnings() {
        return List.of();
    }

    /** Where fields of floating point go: {@link FieldDescription#offset} plus row times width. */
    float[] floatInputs();

    /** Where fields of whole numbers go, likewise. */
    int[] intInputs();

    /** Takes over parameters, optimizer state and running state. */
    void load(TrainingState state);

    /** Copies parameters, optimizer state and running state into {@code state}. */
    void save(TrainingState state);

    /**
     * Forward and backward pass over the first {@code rows} examples of the inputs, in training mode; changes running state.
     *
     * @param accumulate whether gradients, times {@link StepScalars#weight}, are added to those of the micro-batches
     *     before
     * @return the loss, a mean over the rows
     */
    double gradient(int rows, boolean accumulate, StepScalars scalars);

    /**
     * Clips and updates, once per step.
     *
     * @param scale what the accumulated gradients are multiplied with first, so that they are a mean over the step's
     *     examples
     */
    void update(double scale, StepScalars scalars);

    /**
     * A whole step of one micro-batch: {@link #gradient} and {@link #update} where nothing between them asks for
     * anything but the loss. What a device does without waiting for the host in between.
     *
     * @return the loss; if it is not finite, the update may have been made all the same, and the state has to be
     *     loaded again
     */
    default double step(int rows, StepScalars scalars) {
        double loss = gradient(rows, false, scalars);
        if (Double.isFinite(loss)) {
            update(1, scalars);
        }
        return loss;
    }

    /** How many steps may be put into the queue before {@link #losses} is asked for; 1 if there is no queue. */
    default int queueLength() {
        return 1;
    }

    /**
     * A whole step as {@link #step} makes it, at the latest when {@link #losses} is asked for. The inputs and scalars
     * may change after this call. Nothing else is called before {@code losses}.
     */
    default void queue(int rows, StepScalars scalars) {
        throw new UnsupportedOperationException();
    }

    /**
     * Waits for the steps in the queue, and empties it.
     *
     * @param losses gets theirs, in their order
     */
    default void losses(double[] losses) {
        throw new UnsupportedOperationException();
    }

    /** The 2-norm of the gradients of all trained parameters as accumulated so far; to be called before {@link #update}. */
    double gradientNorm();

    /**
     * Inference mode.
     *
     * @param results gets the loss, a mean over the rows, and then the elements of each statistic
     */
    void evaluate(int rows, StepScalars scalars, double[] results);

    /**
     * The value of a scheduled hyperparameter.
     *
     * @param base its own value
     * @param t updates made in this segment; skipped steps make none
     * @param durations in updates, as {@link ScheduleDescription.Segment#durations} lists them
     */
    double scheduled(int schedule, int segment, double base, double t, double[] durations);

    /**
     * Where a value that is not finite came from: repeats the last {@link #gradient} over the same inputs and names the first
     * operation whose result is not finite, with its place in the `.opt` file; empty if all are finite.
     */
    String firstNonfinite(int rows, StepScalars scalars);

    @Override
    void close();
}
