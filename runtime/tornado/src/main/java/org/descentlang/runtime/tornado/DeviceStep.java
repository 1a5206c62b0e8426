package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.copy;
import static org.descentlang.runtime.tornado.DeviceArrays.floats;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.data.DataSet;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.device.TimedStep;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepArray;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * A step on one device: parameters, optimizer state, running state and everything between stay there; a program uploads
 * its numbers and the batch and downloads its scalars. A generated class adds the tasks.
 */
public abstract class DeviceStep extends DevicePrograms implements TrainingStep, TimedStep {
    private static final String ONLY_F32 =
            "products are in f32: `products in tf32` needs an NVIDIA GPU and TornadoVM's CUDA backend with cuBLAS";
    private static final String OPEN = "open";
    private static final String LOAD = "load";
    private static final String SAVE = "save";

    protected final FloatArray ahead;
    protected final FloatArray gradients;
    protected final FloatArray states;
    protected final FloatArray statistics;
    protected final int capacity;

    private final SummedGradients summed;
    private final double[] results;
    private final Map<ProgramRole, String> names = new EnumMap<>(ProgramRole.class);
    private final TrainingProgram program;
    private final TrainingDescription description;
    private final DeviceLayout layout;
    private BatchSource batches;
    private Optional<QueuedSteps> queue = Optional.empty();
    private Optional<String> whyNotKept = Optional.empty();
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
        summed = new SummedGradients(numbers, gradients);
        states = floats(description.stateCount());
        statistics = floats(layout.statistics());
        batches = sent;
        results = new double[1 + description.statisticCount()];
        Stream.of(ProgramRole.values()).forEach(role -> names.put(role, name("", role)));
    }

    /** Tasks of a program, in as many graphs as TornadoVM's limits ask for; none for a program that there is not. */
    protected abstract List<GraphPart> tasks(ProgramRole role);

    @Override
    public int capacity() {
        return capacity;
    }

    private Execution execution() {
        return execution(listener.isPresent());
    }

    /** Made when it is known where batches come from: before, it would take memory for nothing. */
    private Optional<QueuedSteps> queued() {
        if (queue.isEmpty() && layout.lossEvery() > 1) {
            queue = Optional.of(new QueuedSteps(batches.queue(layout.lossEvery()), lossPosition(), numbers, scalars));
        }
        return queue;
    }

    @Override
    List<Object> shared() {
        var arrays = new ArrayList<Object>(own());
        arrays.addAll(batches.arrays());
        queued().ifPresent(present -> arrays.addAll(present.arrays()));
        return arrays;
    }

    /** What it has in any case. */
    private List<TornadoNativeArray> own() {
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
                summed.sum(),
                states,
                running,
                statistics);
    }

    /** What uploads also downloads: TornadoVM does not wait for uploads, and the host writes to their arrays again. */
    @Override
    List<StepProgram> programs() {
        List<Object> nothing = List.of();
        var all = new ArrayList<StepProgram>();
        all.add(new StepProgram(OPEN, List.of(this::touchAll), shared(), List.of(scalars)));
        all.add(new StepProgram(
                LOAD, List.of(this::touch), List.of(parameters, ahead, states, running), List.of(scalars)));
        all.add(new StepProgram(SAVE, List.of(this::touch), nothing, List.of(parameters, states, running)));
        for (StepArray array : StepArray.values()) {
            all.add(new StepProgram(writing(array), List.of(this::touch), onDevice(array), List.of(scalars)));
            all.add(new StepProgram(reading(array), List.of(this::touch), nothing, List.of(array(array))));
        }
        all.addAll(summed.programs());
        roles().forEach(role -> all.add(program(role)));
        queued().ifPresent(present -> all.addAll(present.programs(tasks(ProgramRole.STEP))));
        return all;
    }

    private StepProgram program(ProgramRole role) {
        List<Object> given = new ArrayList<>(List.of(numbers));
        if (role.isOverExamples()) {
            given.addAll(batches.uploads());
        }
        List<DeviceLayout.Result> places = layout.results(result(role));
        List<Object> found = new ArrayList<>();
        if (places.stream().anyMatch(DeviceLayout.Result.Number.class::isInstance)) {
            found.add(scalars);
        }
        if (places.stream().anyMatch(DeviceLayout.Result.Tensor.class::isInstance)) {
            found.add(statistics);
        }
        return new StepProgram(name("", role), withBatch(role), given, found.isEmpty() ? given : found);
    }

    private List<GraphPart> withBatch(ProgramRole role) {
        var parts = new ArrayList<>(tasks(role));
        if (role.isOverExamples()) {
            GraphPart first = parts.getFirst();
            parts.set(0, (graph, forms) -> {
                batches.addTo(graph);
                first.addTo(graph, forms);
            });
        }
        return parts;
    }

    /** In the scalars. */
    private int lossPosition() {
        return switch (layout.results(ProgramRole.GRADIENT).getFirst()) {
            case DeviceLayout.Result.Number(int position) -> position;
            case DeviceLayout.Result.Tensor tensor -> throw new IllegalArgumentException(tensor.toString());
        };
    }

    /** The program whose results a program has. */
    private static ProgramRole result(ProgramRole role) {
        return role == ProgramRole.STEP ? ProgramRole.GRADIENT : role;
    }

    private String name(ProgramRole role) {
        return names.getOrDefault(role, "");
    }

    /** `gradientNorm`, as reports of times have it; `readGradients`. */
    private static String name(String verb, Enum<?> constant) {
        var name = new StringBuilder(verb);
        for (String word : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            String first = word.substring(0, 1);
            name.append(name.isEmpty() ? first : first.toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
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
                summed.sum(),
                states,
                running,
                statistics);
    }

    private void touchAll(TaskGraph graph, Forms forms) {
        touch(graph, forms);
        batches.touch(graph);
        queued().ifPresent(present -> present.touchAll(graph, forms));
    }

    @Override
    public List<String> warnings() {
        return Stream.concat(productsStayInF32() ? Stream.of(ONLY_F32) : Stream.empty(), whyNotKept.stream())
                .toList();
    }

    @Override
    public TrainingDescription description() {
        return description;
    }

    @Override
    public Set<ProgramRole> roles() {
        return EnumSet.copyOf(Stream.of(ProgramRole.values())
                .filter(role -> !tasks(role).isEmpty())
                .toList());
    }

    /** All examples, whatever split they are of: evaluations read them, too. */
    @Override
    public boolean keep(DataSet data) {
        if (description.fields().isEmpty() || memory().isEmpty()) {
            return false;
        }
        whyNotKept =
                memory().orElseThrow().beside(own()).missing(ExampleSize.of(description.fields()), data.examples());
        if (whyNotKept.isPresent()) {
            return false;
        }
        batches = new KeptExamples(data, description.fields(), capacity, floatInputs, intInputs);
        return true;
    }

    @Override
    public void take(int[] order, int from, int rows) {
        switch (batches) {
            case KeptExamples kept -> kept.take(order, from, rows);
            case SentBatches _ -> throw new IllegalStateException("the step keeps no examples");
        }
    }

    /** The first program that runs has to upload every array. */
    @Override
    public void load(TrainingState state) {
        copy(state.parameters(), parameters);
        copy(state.parameters(), ahead);
        copy(state.states(), states);
        copy(state.running(), running);
        String program = isOpen() ? LOAD : OPEN;
        execution().run(program);
    }

    @Override
    public void save(TrainingState state) {
        execution().run(SAVE);
        copy(parameters, state.parameters());
        copy(states, state.states());
        copy(running, state.running());
    }

    @Override
    public void read(StepArray array, float[] target) {
        execution().run(reading(array));
        copy(array(array), target);
    }

    @Override
    public void write(StepArray array, float[] source) {
        copy(source, array(array));
        if (array == StepArray.PARAMETERS) {
            copy(source, ahead);
        }
        execution().run(writing(array));
    }

    private FloatArray array(StepArray array) {
        return switch (array) {
            case PARAMETERS -> parameters;
            case GRADIENTS -> gradients;
            case STATES -> states;
            case RUNNING -> running;
        };
    }

    /** With the parameters go those that frozen ones are read from, where the gradient is taken ahead. */
    private List<Object> onDevice(StepArray array) {
        return array == StepArray.PARAMETERS ? List.of(parameters, ahead) : List.of(array(array));
    }

    private static String reading(StepArray array) {
        return name("read", array);
    }

    private static String writing(StepArray array) {
        return name("write", array);
    }

    @Override
    public double[] run(ProgramRole role, int rows, StepScalars now) {
        begin(rows, now);
        if (role.isOverExamples()) {
            batches.ready();
            execution().run(name(role), size(rows));
        } else {
            execution().run(name(role));
        }
        return found(layout.results(result(role)));
    }

    @Override
    public int queueLength() {
        return queued().map(QueuedSteps::capacity).orElse(1);
    }

    @Override
    public void queue(int rows, StepScalars now) {
        begin(rows, now);
        queued().orElseThrow().add(size(rows));
    }

    @Override
    public void losses(double[] losses) {
        queued().orElseThrow().run(execution(), losses);
    }

    private double[] found(List<DeviceLayout.Result> places) {
        int next = 0;
        for (DeviceLayout.Result result : places) {
            switch (result) {
                case DeviceLayout.Result.Number(int position) -> results[next++] = scalars.get(position);
                case DeviceLayout.Result.Tensor(int position, int count) -> {
                    for (int i = 0; i < count; i++) {
                        results[next++] = statistics.get(position + i);
                    }
                }
            }
        }
        return results;
    }

    @Override
    public void sumGradients(double weight, boolean first) {
        summed.add(execution(), weight, first);
    }

    @Override
    public void averageGradients(double scale) {
        summed.average(execution(), scale);
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
        Numbers.set(numbers, rows, now);
        onHost();
    }
}
