package org.descentlang.runtime.training;

import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.kernel.FiniteSearch;

/** A step whose memory is arrays of this process; a generated class has them, and the programs, which see all this. */
public abstract class HostStep implements TrainingStep {
    /** The most rows of a batch. */
    public final int capacity;

    /** Of the program that runs. */
    public final double[] results;

    /** Examples of the program that runs. */
    protected int rows;

    /** Of the program that runs. */
    public StepScalars scalars = new StepScalars(new double[0]);

    /** Hears of every value of {@link ProgramRole#GRADIENT}. */
    public final FiniteSearch search = new FiniteSearch();

    private static final float[] NO_FLOATS = {};
    private static final int[] NO_INTS = {};

    private final TrainingDescription description;
    private float[] sum = new float[0];

    protected HostStep(TrainingDescription description, int capacity) {
        this.description = description;
        this.capacity = capacity;
        results = new double[1 + description.statisticCount()];
    }

    /** Runs a program over {@link #rows} and with {@link #scalars}, and leaves its {@link #results}. */
    protected abstract void run(ProgramRole role);

    /** Empty if there is none. */
    protected float[] array(StepArray array) {
        return NO_FLOATS;
    }

    @Override
    public float[] floatInputs() {
        return NO_FLOATS;
    }

    @Override
    public int[] intInputs() {
        return NO_INTS;
    }

    /** What a generated class throws for a program that it has not. */
    protected static IllegalArgumentException missing(ProgramRole role) {
        return new IllegalArgumentException("there is no program " + role);
    }

    @Override
    public final int capacity() {
        return capacity;
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
        float[] running = array(StepArray.RUNNING);
        float[] before = running.clone();
        search.begin();
        run(ProgramRole.GRADIENT, rows, scalars);
        System.arraycopy(before, 0, running, 0, running.length);
        return search.end();
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
