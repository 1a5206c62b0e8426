package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.MetricFormula;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/**
 * The same training by the reference evaluator, in double precision, and on a device: each value relative to the
 * largest of its array.
 *
 * <p>Norms of gradients are compared where the device is, not where the reference has got to: near a minimum a gradient
 * is a difference of nearly equal numbers. In 100 steps of Adam on Rosenbrock's function its norm moves by 7e-5 if
 * nothing but the parameters and the optimizer's state are rounded to float after every step of the reference, and by
 * 1.3e-4 on the CPU target.
 */
final class AgainstReference implements AutoCloseable {
    private static final double TOLERANCE = 1e-4;

    private final Random random = new Random(1);
    private final Team team = Team.of(1);
    private final TrainingStep reference;

    /** The reference evaluator at the parameters of the device. */
    private final TrainingStep there;

    private final TrainingStep device;
    private final MetricFormula referenceFormula;
    private final MetricFormula deviceFormula;
    private final StepScalars scalars;
    private final TrainingState start;

    AgainstReference(TrainingProgram reference, TrainingProgram device, int capacity) {
        this.reference = reference.open(capacity, team);
        there = reference.open(capacity, team);
        this.device = device.open(capacity, team);
        referenceFormula = reference.formula();
        deviceFormula = device.formula();
        scalars = new StepScalars(description().hyperparameters().stream()
                .mapToDouble(TrainingDescription.HyperparameterDescription::value)
                .toArray());
        scalars.seed = 0x80000001_00000007L;
        start = TrainingState.allocate(description());
        fill(start.parameters(), -0.2f, 0.2f);
        Arrays.fill(start.running(), 0.5f);
        for (var rule : description().states()) {
            Arrays.fill(start.states(), rule.offset(), rule.offset() + rule.count(), rule.initial());
        }
        this.device.load(start);
        this.reference.load(converted(start));
    }

    private TrainingDescription description() {
        return device.description();
    }

    private void fill(float[] values, float least, float most) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(least, most);
        }
    }

    private TrainingState converted(TrainingState state) {
        var others = reference.description();
        TrainingState converted = TrainingState.allocate(others);
        Slots.parameters(description()).copy(state.parameters(), Slots.parameters(others), converted.parameters());
        Slots.states(description()).copy(state.states(), Slots.states(others), converted.states());
        Slots.running(description()).copy(state.running(), Slots.running(others), converted.running());
        return converted;
    }

    /** Both on the same batch. */
    void train(int rows) {
        batch(rows);
        scalars.draw++;
        there.load(converted(saved()));
        gradient(there, rows);
        double expected = gradient(reference, rows);
        close("loss of " + rows + " rows", gradient(device, rows), expected);
        close("norm of " + rows + " rows", norm(device), norm(there));
        update();
    }

    private double gradient(TrainingStep step, int rows) {
        if (step.roles().contains(ProgramRole.LOOK_AHEAD)) {
            step.run(ProgramRole.LOOK_AHEAD, 1, scalars);
        }
        return step.run(ProgramRole.GRADIENT, rows, scalars)[0];
    }

    private double norm(TrainingStep step) {
        return step.run(ProgramRole.GRADIENT_NORM, 1, scalars)[0];
    }

    /** A whole step at once. */
    void step(int rows) {
        batch(rows);
        scalars.draw++;
        double expected = gradient(reference, rows);
        reference.run(ProgramRole.UPDATE, 1, scalars);
        close("loss of " + rows + " rows", device.run(ProgramRole.STEP, rows, scalars)[0], expected);
        scalars.update++;
    }

    private void update() {
        reference.run(ProgramRole.UPDATE, 1, scalars);
        device.run(ProgramRole.UPDATE, 1, scalars);
        scalars.update++;
    }

    /** Micro-batches add up, the last at a quarter. */
    void accumulate(int rows) {
        for (int i = 0; i < 3; i++) {
            batch(rows);
            scalars.draw++;
            double expected = gradient(reference, rows);
            close("loss", gradient(device, rows), expected);
            double weight = i < 2 ? 1 : 0.25;
            reference.sumGradients(weight, i == 0);
            device.sumGradients(weight, i == 0);
        }
        reference.averageGradients(1 / 2.25);
        device.averageGradients(1 / 2.25);
        update();
    }

    /** Loss and metrics: single statistics may differ where rounding to f32 is what they are about, as in `r2`. */
    void evaluate(int rows) {
        batch(rows);
        double[] expected = evaluated(reference, referenceFormula, rows);
        double[] found = evaluated(device, deviceFormula, rows);
        for (int i = 0; i < expected.length; i++) {
            close("result " + i + " of " + rows + " rows", found[i], expected[i]);
        }
    }

    private double[] evaluated(TrainingStep step, MetricFormula formula, int rows) {
        double[] ofBatch = step.run(ProgramRole.EVALUATION, rows, scalars);
        double[] metrics = new double
                [description().metrics().stream()
                        .mapToInt(metric -> metric.shape().stream().reduce(1, Math::multiplyExact))
                        .sum()];
        formula.compute(Arrays.copyOfRange(ofBatch, 1, ofBatch.length), scalars, metrics);
        return DoubleStream.concat(DoubleStream.of(ofBatch[0]), Arrays.stream(metrics))
                .toArray();
    }

    void compareStates() {
        TrainingState expected = TrainingState.allocate(reference.description());
        reference.save(expected);
        TrainingState found = converted(saved());
        close("parameters", found.parameters(), expected.parameters());
        close("states", found.states(), expected.states());
        close("running", found.running(), expected.running());
    }

    /** The same bits from the same start, however often. */
    void repeats(int rows) {
        batch(rows);
        var first = once(rows);
        assertThat(once(rows)).isEqualTo(first);
    }

    private float[] once(int rows) {
        device.load(start);
        gradient(device, rows);
        device.run(ProgramRole.UPDATE, 1, scalars);
        return saved().parameters();
    }

    private TrainingState saved() {
        TrainingState state = TrainingState.allocate(description());
        device.save(state);
        return state;
    }

    private void batch(int rows) {
        fill(device.floatInputs(), 0, 1);
        Arrays.setAll(device.intInputs(), _ -> random.nextInt(2));
        copyBatch(rows, reference);
        copyBatch(rows, there);
    }

    private void copyBatch(int rows, TrainingStep step) {
        Slots.fields(device, false, rows)
                .copy(device.floatInputs(), Slots.fields(step, false, rows), step.floatInputs());
        Slots.fields(device, true, rows).copy(device.intInputs(), Slots.fields(step, true, rows), step.intInputs());
    }

    private static void close(String what, float[] found, float[] expected) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i])
                    .as("%s[%s]", what, i)
                    .isEqualTo(expected[i], Offset.offset(Math.max(1e-30, TOLERANCE * largest)));
        }
    }

    private static void close(String what, double found, double expected) {
        assertThat(found).as(what).isEqualTo(expected, Offset.offset(TOLERANCE * Math.abs(expected)));
    }

    @Override
    public void close() {
        device.close();
        reference.close();
        there.close();
        team.close();
    }
}
