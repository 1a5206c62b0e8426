package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.copy;
import static org.descentlang.runtime.tornado.DeviceArrays.floats;

import java.util.List;
import org.descentlang.runtime.model.Prediction;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A model in inference mode on one device, where its parameters stay. A generated class adds the tasks. */
public abstract class DevicePrediction extends DevicePrograms implements Prediction {
    protected final FloatArray outputs;

    private final DevicePredictionLayout layout;
    private final float[] trainedParameters;
    private final float[] trainedRunning;
    private final float[] results;
    private boolean loaded;

    protected DevicePrediction(
            float[] trainedParameters, float[] trainedRunning, Device device, DevicePredictionLayout layout) {
        super(device, layout, trainedParameters.length, trainedRunning.length);
        this.layout = layout;
        this.trainedParameters = trainedParameters;
        this.trainedRunning = trainedRunning;
        outputs = floats(layout.outputs());
        results = new float[layout.outputs()];
    }

    /** Tasks of the prediction, in as many graphs as TornadoVM's limits ask for. */
    protected abstract List<GraphPart> predictTasks();

    private Execution execution() {
        Execution execution = execution(false);
        if (!loaded) {
            copy(trainedParameters, parameters);
            copy(trainedRunning, running);
            for (int i = 0; i < layout.hyperparameters().size(); i++) {
                numbers.set(
                        Numbers.HYPERPARAMETERS + i, layout.hyperparameters().get(i));
            }
            execution.run("load");
            loaded = true;
        }
        return execution;
    }

    @Override
    List<Object> shared() {
        return List.of(
                numbers, scalars, partials, work, integers, floatInputs, intInputs, parameters, running, outputs);
    }

    @Override
    List<StepProgram> programs() {
        List<Object> results = List.of(scalars, outputs);
        return List.of(
                new StepProgram("load", List.of(this::touch), shared(), List.of()),
                new StepProgram("predict", predictTasks(), List.of(numbers, floatInputs, intInputs), results));
    }

    private void touch(TaskGraph graph, Forms forms) {
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
        return layout.capacity();
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
        numbers.set(Numbers.ROWS, rows);
        onHost();
        sent.ready();
        ready.run("predict", BatchSize.of(rows, capacity()));
        copy(outputs, results);
        layout.singles().forEach(single -> results[single.output()] = (float) scalars.get(single.scalar()));
    }
}
