package org.descentlang.runtime.training;

/** Steps whose losses are not known yet: a device does not stop for each of them. */
final class StepQueue {
    private final TrainingStep step;
    private final double[] losses;
    private final int[] rows;
    private int waiting;

    private double last = Double.NaN;
    private double sum;
    private int examples;

    StepQueue(TrainingStep step) {
        this.step = step;
        losses = new double[step.queueLength()];
        rows = new int[losses.length];
    }

    void add(int count, StepScalars scalars) {
        step.queue(count, scalars);
        rows[waiting++] = count;
    }

    boolean isEmpty() {
        return waiting == 0;
    }

    boolean isFull() {
        return waiting == losses.length;
    }

    /** @return whether all losses are finite */
    boolean read() {
        step.losses(losses);
        boolean finite = true;
        sum = 0;
        examples = 0;
        for (int i = 0; i < waiting; i++) {
            finite &= Double.isFinite(losses[i]);
            sum += losses[i] * rows[i];
            examples += rows[i];
        }
        last = losses[waiting - 1];
        waiting = 0;
        return finite;
    }

    /** The last of those that were read, a mean over its examples. */
    double last() {
        return last;
    }

    /** Over the {@link #examples} of all that were read together. */
    double sum() {
        return sum;
    }

    int examples() {
        return examples;
    }
}
