package org.descentlang.description;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which tensors a model has and where they lie in its arrays. The same model has another layout in training than in
 * prediction: tensors are the same by path.
 *
 * @param model its name in the `.opt` file
 */
public record ModelLayout(
        String model,
        List<ParameterDescription> parameters,
        int parameterCount,
        List<RunningDescription> running,
        int runningCount) {
    public ModelLayout {
        parameters = List.copyOf(parameters);
        running = List.copyOf(running);
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
