package org.descentlang.description;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which tensors a model has and where they lie in its arrays, without gaps. The same model has another layout in
 * training than in prediction: tensors are the same by path.
 *
 * @param model its name in the `.opt` file
 * @param parameters and {@code running}: in the order of memory
 */
public record ModelLayout(String model, List<ParameterDescription> parameters, List<RunningDescription> running) {
    public ModelLayout {
        parameters = List.copyOf(parameters);
        running = List.copyOf(running);
    }

    /** Elements of all parameters. */
    public int parameterCount() {
        return parameters.isEmpty() ? 0 : parameters.getLast().end();
    }

    /** Elements of all running state. */
    public int runningCount() {
        return running.isEmpty() ? 0 : running.getLast().end();
    }

    /**
     * The same tensors with parameters elsewhere.
     *
     * @param offsets of the parameters, in the order of this layout
     */
    public ModelLayout at(List<Integer> offsets) {
        var moved = new ArrayList<ParameterDescription>();
        for (int i = 0; i < parameters.size(); i++) {
            moved.add(parameters.get(i).at(offsets.get(i)));
        }
        moved.sort(Comparator.comparingInt(ParameterDescription::offset));
        return new ModelLayout(model, moved, running);
    }

    /** Copies the values of this layout's arrays to those of another layout of the same model. */
    public void copy(
            float[] fromParameters, float[] fromRunning, ModelLayout to, float[] toParameters, float[] toRunning) {
        Map<String, ParameterDescription> parametersByPath =
                parameters.stream().collect(Collectors.toMap(ParameterDescription::path, Function.identity()));
        for (ParameterDescription target : to.parameters) {
            ParameterDescription source = found(parametersByPath, target.path());
            System.arraycopy(fromParameters, source.offset(), toParameters, target.offset(), target.count());
        }
        Map<String, RunningDescription> runningByPath =
                running.stream().collect(Collectors.toMap(RunningDescription::path, Function.identity()));
        for (RunningDescription target : to.running) {
            RunningDescription source = found(runningByPath, target.path());
            System.arraycopy(fromRunning, source.offset(), toRunning, target.offset(), target.count());
        }
    }

    private static <T> T found(Map<String, T> tensors, String path) {
        T tensor = tensors.get(path);
        if (tensor == null) {
            throw new IllegalArgumentException("No tensor " + path + " in the other layout");
        }
        return tensor;
    }
}
