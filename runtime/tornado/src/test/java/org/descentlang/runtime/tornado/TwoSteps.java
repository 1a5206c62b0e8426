package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingDescription;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/** The same training on the CPU, which other tests hold against the reference evaluator, and on a device. */
final class TwoSteps implements AutoCloseable {
    private final Random random = new Random(1);
    private final Team team = Team.of(1);
    private final TrainingDescription description;
    private final TrainingStep cpu;
    private final TrainingStep device;
    private final StepScalars scalars;
    private final int capacity;

    TwoSteps(TrainingProgram onCpu, TrainingProgram onDevice, int capacity) {
        this.capacity = capacity;
        description = onCpu.description();
        cpu = onCpu.open(capacity, team);
        device = onDevice.open(capacity, team);
        scalars = new StepScalars(description.hyperparameters().stream()
                .mapToDouble(TrainingDescription.HyperparameterDescription::value)
                .toArray());
        scalars.seed = 0x80000001_00000007L;
        load();
    }

    private void load() {
        TrainingState state = TrainingState.allocate(description);
        fill(state.parameters(), -0.2f, 0.2f);
        for (var rule : description.states()) {
            java.util.Arrays.fill(state.states(), rule.offset(), rule.offset() + rule.count(), rule.initial());
        }
        java.util.Arrays.fill(state.running(), 0.5f);
        cpu.load(state);
        device.load(state);
    }

    private void fill(float[] values, float least, float most) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(least, most);
        }
    }

    /** Both on the same batches; every third with fewer rows. */
    void train(int steps, double tolerance) {
        for (int i = 0; i < steps; i++) {
            int rows = i % 3 == 2 ? Math.max(1, capacity - 3) : capacity;
            batch();
            scalars.draw++;
            double expected = cpu.gradient(rows, false, scalars);
            double found = device.gradient(rows, false, scalars);
            close("loss of step " + i, found, expected, tolerance);
            if (i % 10 == 0) {
                close("norm of step " + i, device.gradientNorm(), cpu.gradientNorm(), tolerance);
            }
            cpu.update(1, scalars);
            device.update(1, scalars);
            scalars.update++;
        }
        compareStates(tolerance);
    }

    /** Micro-batches add up. */
    void accumulate(double tolerance) {
        for (int i = 0; i < 3; i++) {
            batch();
            scalars.draw++;
            close("loss", device.gradient(capacity, i > 0, scalars), cpu.gradient(capacity, i > 0, scalars), tolerance);
        }
        cpu.update(1 / 3.0, scalars);
        device.update(1 / 3.0, scalars);
        compareStates(tolerance);
    }

    void evaluate(double tolerance) {
        batch();
        double[] expected = new double[1 + description.metrics().size()];
        double[] found = new double[expected.length];
        cpu.evaluate(capacity, scalars, expected);
        device.evaluate(capacity, scalars, found);
        for (int i = 0; i < expected.length; i++) {
            close("result " + i, found[i], expected[i], tolerance);
        }
    }

    private void batch() {
        fill(cpu.floatInputs(), 0, 1);
        System.arraycopy(cpu.floatInputs(), 0, device.floatInputs(), 0, cpu.floatInputs().length);
        for (int i = 0; i < cpu.intInputs().length; i++) {
            cpu.intInputs()[i] = random.nextInt(2);
            device.intInputs()[i] = cpu.intInputs()[i];
        }
    }

    private void compareStates(double tolerance) {
        TrainingState expected = TrainingState.allocate(description);
        TrainingState found = TrainingState.allocate(description);
        cpu.save(expected);
        device.save(found);
        close("parameters", found.parameters(), expected.parameters(), tolerance);
        close("states", found.states(), expected.states(), tolerance);
        close("running", found.running(), expected.running(), tolerance);
    }

    private static void close(String what, float[] found, float[] expected, double tolerance) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i])
                    .as("%s[%s]", what, i)
                    .isEqualTo(expected[i], Offset.offset(Math.max(1e-30, tolerance * largest)));
        }
    }

    private static void close(String what, double found, double expected, double tolerance) {
        assertThat(found).as(what).isEqualTo(expected, Offset.offset(tolerance * Math.max(1e-3, Math.abs(expected))));
    }

    @Override
    public void close() {
        device.close();
        cpu.close();
        team.close();
    }
}
