package org.descentlang.runtime.training;

import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;

/** A step whose memory is arrays of this process; a generated class has them, and the programs. */
public abstract class HostStep implements TrainingStep {
    /** The most rows of a batch. */
    protected final int capacity;

    /** Of the program that runs. */
    protected final double[] results;

    /** Examples of the program that runs. */
    protected int rows;

    /** Of the program that runs. */
    protected StepScalars scalars = new StepScalars(new double[0]);

    private final TrainingDescription description;
    private float[] sum = new float[0];

    protected HostStep(TrainingDescription description, int capacity) {
        this.description = description;
        this.capacity = capacity;
        results = new double[1 + description.statisticCount()];
    }

    /** Runs a program over {@link #rows} and with {@link #scalars}, and leaves its {@link #results}. */
    protected abstract void run(ProgramRole role);

    protected abstract float[] array(StepArray array);

    /** Runs {@link ProgramRole#GRADIENT} and says where the first value that is not finite appears, or "". */
    protected abstract String firstNonfinite();

    /** What a generated class throws for a program that it has not. */
    protected static IllegalArgumentException missing(ProgramRole role) {
        return new IllegalArgumentException("there is no program " + role);
    }

    @Override
    public final TrainingDescription description() {
        return description;
    }

    @Override
    public final double[] run(ProgramRole role, int rows, StepScalars scalars) {
        begin(rows, scalars);
        run(role);
        return results;
    }

    @Override
    public final String firstNonfinite(int rows, StepScalars scalars) {
        begin(rows, scalars);
        return firstNonfinite();
    }

    private void begin(int rows, StepScalars scalars) {
        if (rows > capacity) {
            throw new IllegalArgumentException("at most " + capacity + " rows, not " + rows);
        }
        this.rows = rows;
        this.scalars = scalars;
    }

    @Override
    public final void read(StepArray array, float[] target) {
        float[] source = array(array);
        System.arraycopy(source, 0, target, 0, source.length);
    }

    @Override
    public void write(StepArray array, float[] source) {
        float[] target = array(array);
        System.arraycopy(source, 0, target, 0, target.length);
    }

    @Override
    public final void sumGradients(double weight, boolean first) {
        float[] gradients = array(StepArray.GRADIENTS);
        if (first) {
            sum = sum.length == 0 ? new float[gradients.length] : sum;
            System.arraycopy(gradients, 0, sum, 0, sum.length);
            return;
        }
        float factor = (float) weight;
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * gradients[i];
        }
    }

    @Override
    public final void averageGradients(double scale) {
        float[] gradients = array(StepArray.GRADIENTS);
        float factor = (float) scale;
        for (int i = 0; i < sum.length; i++) {
            gradients[i] = factor * sum[i];
        }
    }

    @Override
    public void close() {}
}
