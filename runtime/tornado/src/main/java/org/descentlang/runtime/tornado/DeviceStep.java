package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.copy;
import static org.descentlang.runtime.tornado.DeviceArrays.floats;

import java.util.ArrayList;
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
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A step on one device: parameters, optimizer state, running state and everything between stay there; a program uploads its numbers and the
 * batch and downloads its scalars. A generated class adds the tasks.
 */
public abstract class DeviceStep extends DevicePrograms implements TrainingStep, TimedStep {
    private static final String ONLY_F32 =
            "products are in f32: `products in tf32` needs a GPU of NVIDIA, and TornadoVM's CUDA backend with cuBLAS";
    private static final long LOW = 0xffffffffL;

    protected final FloatArray ahead;
    protected final FloatArray gradients;
    protected final FloatArray states;
    protected final FloatArray statistics;
    protected final int capacity;

    private final FloatArray before;
    private final TrainingProgram program;
    private final TrainingDescription description;
    private final DeviceLayout layout;
    private final Optional<QueuedSteps> queue;
    private Optional<Consumer<List<ProgramTime>>> listener = Optional.empty();

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
        super(device, layout, description.parameterCount(), description.runningCount());
        this.program = program;
        this.description = description;
        this.layout = layout;
        this.capacity = capacity;
        ahead = floats(description.parameterCount());
        gradients = floats(description.parameterCount());
        before = floats(description.parameterCount());
        states = floats(description.stateCount());
        statistics = floats(layout.statistics());
        queue = layout.lossEvery() == 1
                ? Optional.empty()
                : Optional.of(
                        new QueuedSteps(layout.lossEvery(), layout.loss(), numbers, floatInputs, intInputs, scalars));
    }

    /** Tasks of a program, in as many graphs as TornadoVM's limits ask for. */
    protected abstract List<GraphPart> gradientTasks();

    protected abstract List<GraphPart> updateTasks();

    protected abstract List<GraphPart> evaluationTasks();

    protected abstract List<GraphPart> lookAheadTasks();

    protected abstract List<GraphPart> gradientNormTasks();

    /** Those of look-ahead, gradient and update, one after the other. */
    protected abstract List<GraphPart> stepTasks();

    private Execution execution() {
        return execution(listener.isPresent());
    }

    @Override
    List<Object> shared() {
        var arrays = new ArrayList<Object>(List.of(
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
                running,
                statistics));
        queue.ifPresent(present -> arrays.addAll(present.arrays()));
        return arrays;
    }

    /** What uploads also downloads: TornadoVM does not wait for uploads, and the host writes to their arrays again. */
    @Override
    List<StepProgram> programs() {
        List<Object> given = List.of(numbers);
        List<Object> batch = List.of(numbers, floatInputs, intInputs);
        List<Object> results = List.of(scalars);
        var programs = new ArrayList<>(List.of(
                new StepProgram("load", List.of(this::touch), shared(), results),
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
                        given),
                new StepProgram("gradient", gradientTasks(), batch, results),
                new StepProgram("lookAhead", lookAheadTasks(), given, given),
                new StepProgram("update", updateTasks(), given, given),
                new StepProgram("step", stepTasks(), batch, results),
                new StepProgram("gradientNorm", gradientNormTasks(), given, results),
                new StepProgram("evaluation", evaluationTasks(), batch, List.of(scalars, statistics))));
        queue.ifPresent(present -> programs.addAll(present.programs(stepTasks())));
        return programs;
    }

    private void touch(TaskGraph graph, Forms forms) {
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
                running,
                statistics);
        queue.ifPresent(present -> present.touch(graph, forms));
    }

    @Override
    public List<String> warnings() {
        return productsStayInF32() ? List.of(ONLY_F32) : List.of();
    }

    @Override
    public TrainingDescription description() {
        return description;
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
        copyInputs();
        if (accumulate) {
            execution().run("keep");
        }
        execution().run("lookAhead");
        execution().run("gradient", size(rows));
        double loss = scalars.get(layout.loss());
        if (accumulate) {
            multiplyGradients(now.weight);
            execution().run("add");
        }
        return loss;
    }

    @Override
    public void update(double scale, StepScalars now) {
        multiplyGradients(scale);
        begin(1, now);
        execution().run("update");
    }

    private void multiplyGradients(double factor) {
        if (factor != 1) {
            double rows = numbers.get(0);
            numbers.set(0, factor);
            execution().run("multiply");
            numbers.set(0, rows);
        }
    }

    /** One graph, where it is not too long. */
    @Override
    public double step(int rows, StepScalars now) {
        begin(rows, now);
        copyInputs();
        execution().run("step", size(rows));
        return scalars.get(layout.loss());
    }

    @Override
    public int queueLength() {
        return queue.map(QueuedSteps::capacity).orElse(1);
    }

    @Override
    public void queue(int rows, StepScalars now) {
        begin(rows, now);
        queue.orElseThrow().add(size(rows), floatInputs(), intInputs());
    }

    @Override
    public void losses(double[] losses) {
        queue.orElseThrow().run(execution(), losses);
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
        copyInputs();
        execution().run("evaluation", size(rows));
        int next = 0;
        for (DeviceLayout.Result result : layout.evaluation()) {
            switch (result) {
                case DeviceLayout.Result.Number(int position) -> results[next++] = scalars.get(position);
                case DeviceLayout.Result.Tensor(int position, int count) -> {
                    for (int i = 0; i < count; i++) {
                        results[next++] = statistics.get(position + i);
                    }
                }
            }
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
            System.arraycopy(floatInputs(), 0, step.floatInputs(), 0, floatInputs().length);
            System.arraycopy(intInputs(), 0, step.intInputs(), 0, intInputs().length);
            return step.firstNonfinite(rows, now);
        }
    }

    @Override
    public void tellTimes(Consumer<List<ProgramTime>> listener) {
        this.listener = Optional.of(listener);
    }

    @Override
    public void close() {
        List<ProgramTime> times = end();
        listener.ifPresent(told -> told.accept(times));
    }

    /** Of the rows that the kernels were compiled for; data may have fewer examples. */
    private BatchSize size(int rows) {
        return BatchSize.of(rows, description.batch() == 0 ? capacity : description.batch());
    }

    private void begin(int rows, StepScalars now) {
        if (rows > capacity) {
            throw new IllegalArgumentException("at most " + capacity + " rows, not " + rows);
        }
        numbers.set(Numbers.ROWS, rows);
        words(Numbers.SEED, now.seed);
        words(Numbers.DRAW, now.draw);
        numbers.set(Numbers.UPDATE, (double) now.update);
        for (int i = 0; i < now.hyperparameters.length; i++) {
            numbers.set(Numbers.HYPERPARAMETERS + i, now.hyperparameters[i]);
        }
        onHost();
    }

    private void words(int position, long value) {
        numbers.set(position, (int) (value & LOW));
        numbers.set(position + 1, (int) (value >>> 32));
    }
}
