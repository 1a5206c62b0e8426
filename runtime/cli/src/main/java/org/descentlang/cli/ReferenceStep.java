package org.descentlang.cli;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.reference.ReferenceRun;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.training.StepArray;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingStep;

/** The reference run as a step that the training loop can drive. */
final class ReferenceStep implements TrainingStep {
    private final TrainingSpec training;
    private final ReferenceRun run;
    private final int capacity;
    private final float[] floatInputs;
    private final int[] intInputs;
    private final double[] sum;

    /** @param capacity rows of the largest batch */
    ReferenceStep(TrainingSpec training, int capacity) {
        this.training = training;
        this.run = new ReferenceRun(training);
        this.capacity = capacity;
        this.floatInputs = new float[capacity * width(description(), false)];
        this.intInputs = new int[capacity * width(description(), true)];
        this.sum = new double[description().parameterCount()];
    }

    /** Values an example of all fields of whole numbers, or of all others. */
    private static int width(TrainingDescription description, boolean whole) {
        return description.fields().stream()
                .filter(field -> field.whole() == whole)
                .mapToInt(FieldDescription::width)
                .sum();
    }

    @Override
    public TrainingDescription description() {
        return run.description();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public float[] floatInputs() {
        return floatInputs;
    }

    @Override
    public int[] intInputs() {
        return intInputs;
    }

    @Override
    public void read(StepArray array, float[] target) {
        double[] source = array(array);
        for (int i = 0; i < source.length; i++) {
            target[i] = (float) source[i];
        }
    }

    @Override
    public void write(StepArray array, float[] source) {
        Arrays.setAll(array(array), i -> source[i]);
    }

    private double[] array(StepArray array) {
        return switch (array) {
            case PARAMETERS -> run.memory().parameters();
            case GRADIENTS -> run.memory().gradients();
            case STATES -> run.memory().states();
            case RUNNING -> run.memory().running();
        };
    }

    @Override
    public void sumGradients(double weight, boolean first) {
        double[] gradients = array(StepArray.GRADIENTS);
        for (int i = 0; i < sum.length; i++) {
            sum[i] = first ? gradients[i] : sum[i] + weight * gradients[i];
        }
    }

    @Override
    public void averageGradients(double scale) {
        Arrays.setAll(array(StepArray.GRADIENTS), i -> scale * sum[i]);
    }

    @Override
    public Set<ProgramRole> roles() {
        return training.programs().keySet();
    }

    @Override
    public double[] run(ProgramRole role, int rows, StepScalars scalars) {
        Inputs inputs = run.inputs(rows, scalars.seed, scalars.draw, scalars.update, scalars.hyperparameters);
        if (role.isOverExamples()) {
            run.bindExamples(inputs, floatInputs, intInputs, capacity);
        }
        double[] results = run.run(role, inputs);
        endAtFloats(results);
        Arrays.stream(StepArray.values()).map(this::array).forEach(ReferenceStep::endAtFloats);
        return results;
    }

    /** What training could not hold is infinite here too, so that both notice it in the same step. */
    private static void endAtFloats(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (Float.isInfinite((float) values[i])) {
                values[i] = (float) values[i];
            }
        }
    }

    /** The values of the parameters by path, unrounded. */
    Map<String, double[]> parameters() {
        return run.memory().byPath();
    }

    @Override
    public double scheduled(int schedule, int segment, double base, double t, double[] durations) {
        return run.scheduled(schedule, segment, base, t, durations);
    }

    @Override
    public String firstNonfinite(int rows, StepScalars scalars) {
        return run.firstNonfinite();
    }

    @Override
    public void close() {}
}
