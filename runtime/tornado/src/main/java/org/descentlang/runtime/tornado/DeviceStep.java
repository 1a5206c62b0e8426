package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.copy;
import static org.descentlang.runtime.tornado.DeviceArrays.doubles;
import static org.descentlang.runtime.tornado.DeviceArrays.floats;
import static org.descentlang.runtime.tornado.DeviceArrays.ints;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.device.TimedStep;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingDescription;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A step on one device: parameters, optimizer state, running state and everything between stay there; a program uploads its numbers and the
 * batch and downloads its scalars. A generated class adds the tasks.
 */
public abstract class DeviceStep implements TrainingStep, TimedStep {
    private static final long LOW = 0xffffffffL;

    protected final DoubleArray numbers;
    protected final DoubleArray scalars;
    protected final DoubleArray partials;
    protected final FloatArray work;
    protected final IntArray integers;
    protected final FloatArray floatInputs;
    protected final IntArray intInputs;
    protected final FloatArray parameters;
    protected final FloatArray ahead;
    protected final FloatArray gradients;
    protected final FloatArray states;
    protected final FloatArray running;
    protected final int capacity;

    private final FloatArray before;
    private final TrainingProgram program;
    private final TrainingDescription description;
    private final DeviceLayout layout;
    private final Device device;
    private final float[] floatBatch;
    private final int[] intBatch;
    private Optional<Consumer<List<ProgramTime>>> listener = Optional.empty();
    private @Nullable Execution execution;

    /**
     * @param program the same training on the CPU
     * @param capacity the most rows of a batch
     */
    protected DeviceStep(
            TrainingProgram program,
            TrainingDescription description,
            DeviceLayout layout,
            int capacity,
            Device device) {
        this.program = program;
        this.description = description;
        this.layout = layout;
        this.capacity = capacity;
        this.device = device;
        numbers = doubles(layout.numbers());
        scalars = doubles(layout.scalars());
        partials = doubles(layout.partials());
        work = floats(layout.work());
        integers = ints(layout.integers());
        floatInputs = floats(layout.floatInputs());
        intInputs = ints(layout.intInputs());
        parameters = floats(description.parameterCount());
        ahead = floats(description.parameterCount());
        gradients = floats(description.parameterCount());
        before = floats(description.parameterCount());
        states = floats(description.stateCount());
        running = floats(description.runningCount());
        floatBatch = new float[layout.floatInputs()];
        intBatch = new int[layout.intInputs()];
    }

    /** Tasks of a program, in as many graphs as TornadoVM's limits ask for. */
    protected abstract List<GraphPart> gradientTasks();

    protected abstract List<GraphPart> updateTasks();

    protected abstract List<GraphPart> evaluationTasks();

    protected abstract List<GraphPart> lookAheadTasks();

    protected abstract List<GraphPart> gradientNormTasks();

    private Execution execution() {
        if (execution == null) {
            execution = device.open(shared(), programs(), listener.isPresent());
        }
        return execution;
    }

    private List<Object> shared() {
        return List.of(
                numbers,
                scalars,
                partials,
                work,
                integers,
                floatInputs,
                intInputs,
                parameters,
                ahead,
                gradients,
                before,
                states,
                running);
    }

    private List<StepProgram> programs() {
        List<Object> given = List.of(numbers);
        List<Object> batch = List.of(numbers, floatInputs, intInputs);
        List<Object> results = List.of(scalars);
        return List.of(
                new StepProgram("load", List.of(this::touch), shared(), List.of()),
                new StepProgram("save", List.of(this::touch), List.of(), List.of(parameters, states, running)),
                new StepProgram(
                        "keep",
                        List.of((graph, _) -> graph.task("copy", TransferKernels::copy, gradients, before)),
                        List.of(),
                        List.of()),
                new StepProgram(
                        "add",
                        List.of((graph, _) -> graph.task("add", TransferKernels::add, before, gradients)),
                        List.of(),
                        List.of()),
                new StepProgram(
                        "multiply",
                        List.of((graph, _) -> graph.task("multiply", TransferKernels::multiply, numbers, gradients)),
                        given,
                        List.of()),
                new StepProgram("gradient", gradientTasks(), batch, results),
                new StepProgram("lookAhead", lookAheadTasks(), given, List.of()),
                new StepProgram("update", updateTasks(), given, List.of()),
                new StepProgram("gradientNorm", gradientNormTasks(), given, results),
                new StepProgram("evaluation", evaluationTasks(), batch, results));
    }

    private void touch(TaskGraph graph, Products products) {
        graph.task(
                "touch",
                TransferKernels::touch,
                numbers,
                scalars,
                partials,
                work,
                integers,
                floatInputs,
                intInputs,
                parameters,
                ahead,
                gradients,
                before,
                states,
                running);
    }

    @Override
    public TrainingDescription description() {
        return description;
    }

    @Override
    public float[] floatInputs() {
        return floatBatch;
    }

    @Override
    public int[] intInputs() {
        return intBatch;
    }

    @Override
    public void load(TrainingState state) {
        copy(state.parameters(), parameters);
        copy(state.parameters(), ahead);
        copy(state.states(), states);
        copy(state.running(), running);
        execution().run("load");
    }

    @Override
    public void save(TrainingState state) {
        execution().run("save");
        copy(parameters, state.parameters());
        copy(states, state.states());
        copy(running, state.running());
    }

    @Override
    public double gradient(int rows, boolean accumulate, StepScalars now) {
        begin(rows, now);
        batch();
        if (accumulate) {
            execution().run("keep");
        }
        execution().run("lookAhead");
        execution().run("gradient", isFull(rows));
        double loss = scalars.get(layout.loss());
        if (accumulate) {
            execution().run("add");
        }
        return loss;
    }

    @Override
    public void update(double scale, StepScalars now) {
        if (scale != 1) {
            numbers.set(0, scale);
            execution().run("multiply");
        }
        begin(1, now);
        execution().run("update");
    }

    @Override
    public double gradientNorm() {
        if (layout.norm() < 0) {
            return 0;
        }
        execution().run("gradientNorm");
        return scalars.get(layout.norm());
    }

    @Override
    public void evaluate(int rows, StepScalars now, double[] results) {
        begin(rows, now);
        batch();
        execution().run("evaluation", isFull(rows));
        for (int i = 0; i < results.length; i++) {
            results[i] = scalars.get(layout.evaluation().get(i));
        }
    }

    /** Repeated on the CPU, which checks every operation. */
    @Override
    public String firstNonfinite(int rows, StepScalars now) {
        var state = TrainingState.allocate(description);
        save(state);
        try (Team team = Team.of(1);
                TrainingStep step = program.open(capacity, team)) {
            step.load(state);
            System.arraycopy(floatBatch, 0, step.floatInputs(), 0, floatBatch.length);
            System.arraycopy(intBatch, 0, step.intInputs(), 0, intBatch.length);
            return step.firstNonfinite(rows, now);
        }
    }

    @Override
    public void tellTimes(Consumer<List<ProgramTime>> listener) {
        this.listener = Optional.of(listener);
    }

    @Override
    public void close() {
        if (execution != null) {
            List<ProgramTime> times = execution.times();
            listener.ifPresent(told -> told.accept(times));
            execution.close();
            execution = null;
        }
    }

    /** As many as the kernels were compiled for, not as data with fewer examples have. */
    private boolean isFull(int rows) {
        return rows == (description.batch() == 0 ? capacity : description.batch());
    }

    private void begin(int rows, StepScalars now) {
        if (rows > capacity) {
            throw new IllegalArgumentException("at most " + capacity + " rows, not " + rows);
        }
        numbers.set(0, rows);
        words(1, now.seed);
        words(3, now.draw);
        numbers.set(5, (double) now.update);
        for (int i = 0; i < now.hyperparameters.length; i++) {
            numbers.set(6 + i, now.hyperparameters[i]);
        }
    }

    /** As two ints of 32 bits, low before high. */
    private void words(int position, long value) {
        numbers.set(position, (int) (value & LOW));
        numbers.set(position + 1, (int) (value >>> 32));
    }

    private void batch() {
        copy(floatBatch, floatInputs);
        copy(intBatch, intInputs);
    }
}
