package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.copy;
import static org.descentlang.runtime.tornado.DeviceArrays.doubles;
import static org.descentlang.runtime.tornado.DeviceArrays.floats;
import static org.descentlang.runtime.tornado.DeviceArrays.ints;

import java.util.List;
import org.descentlang.runtime.model.Prediction;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A model in inference mode on one device, where its parameters stay. A generated class adds the tasks. */
public abstract class DevicePrediction implements Prediction {
    private static final int HYPERPARAMETERS = 6;

    protected final DoubleArray numbers;
    protected final DoubleArray scalars;
    protected final DoubleArray partials;
    protected final FloatArray work;
    protected final IntArray integers;
    protected final FloatArray floatInputs;
    protected final IntArray intInputs;
    protected final FloatArray parameters;
    protected final FloatArray running;
    protected final FloatArray outputs;

    private final DevicePredictionLayout layout;
    private final Prediction trained;
    private final float[] floatBatch;
    private final int[] intBatch;
    private final float[] results;
    private final Device device;
    private @Nullable Execution execution;

    protected DevicePrediction(Prediction trained, Device device, DevicePredictionLayout layout) {
        this.layout = layout;
        this.trained = trained;
        this.device = device;
        numbers = doubles(HYPERPARAMETERS + layout.hyperparameters().size());
        scalars = doubles(layout.scalars());
        partials = doubles(layout.partials());
        work = floats(layout.work());
        integers = ints(layout.integers());
        floatInputs = floats(layout.floatInputs());
        intInputs = ints(layout.intInputs());
        parameters = floats(trained.parameters().length);
        running = floats(trained.running().length);
        outputs = floats(layout.outputs());
        floatBatch = new float[layout.floatInputs()];
        intBatch = new int[layout.intInputs()];
        results = new float[layout.outputs()];
    }

    /** Tasks of the prediction, in as many graphs as TornadoVM's limits ask for. */
    protected abstract List<GraphPart> predictTasks();

    private Execution execution() {
        if (execution == null) {
            copy(trained.parameters(), parameters);
            copy(trained.running(), running);
            for (int i = 0; i < layout.hyperparameters().size(); i++) {
                numbers.set(HYPERPARAMETERS + i, layout.hyperparameters().get(i));
            }
            execution = device.open(shared(), programs(), false);
            execution.run("load");
        }
        return execution;
    }

    private List<Object> shared() {
        return List.of(
                numbers, scalars, partials, work, integers, floatInputs, intInputs, parameters, running, outputs);
    }

    private List<StepProgram> programs() {
        List<Object> results = List.of(scalars, outputs);
        return List.of(
                new StepProgram("load", List.of(this::touch), shared(), List.of()),
                new StepProgram("predict", predictTasks(), List.of(numbers, floatInputs, intInputs), results));
    }

    private void touch(TaskGraph graph, Products products) {
        graph.task(
                "touch",
                TransferKernels::touchPrediction,
                numbers,
                scalars,
                partials,
                work,
                integers,
                floatInputs,
                intInputs,
                parameters,
                running,
                outputs);
    }

    @Override
    public int capacity() {
        return trained.capacity();
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
    public float[] parameters() {
        return trained.parameters();
    }

    @Override
    public float[] running() {
        return trained.running();
    }

    @Override
    public float[] outputs() {
        return results;
    }

    @Override
    public void predict(int rows) {
        if (rows > capacity()) {
            throw new IllegalArgumentException("at most " + capacity() + " rows at once, not " + rows);
        }
        Execution ready = execution();
        numbers.set(0, rows);
        copy(floatBatch, floatInputs);
        copy(intBatch, intInputs);
        ready.run("predict", rows == capacity());
        copy(outputs, results);
        layout.singles().forEach(single -> results[single.output()] = (float) scalars.get(single.scalar()));
    }
}
