package org.descentlang.compiler.layout;

import java.util.List;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.ModelLayout;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.RunningDescription;

/** Where a model that predicts keeps its tensors: in the order of the file. */
public record ModelPlaces(Places parameters, Places running) {
    public static ModelPlaces of(ModelSpec model) {
        return new ModelPlaces(
                Places.of(model.parameters(), ParameterSpec::path, ParameterSpec::count),
                Places.of(model.running(), RunningSpec::path, RunningSpec::count));
    }

    /** The same for the runtime; for a model that fits into arrays. */
    public static ModelLayout layout(ModelSpec model) {
        ModelPlaces places = of(model);
        return layout(model, model.parameters(), places.parameters, places.running);
    }

    /** @param inOrder the model's parameters, in the order of memory */
    static ModelLayout layout(ModelSpec model, List<ParameterSpec> inOrder, Places parameters, Places running) {
        return new ModelLayout(
                model.name(),
                inOrder.stream()
                        .map(parameter -> new ParameterDescription(
                                parameter.path(),
                                parameter.role().keyword(),
                                sizes(parameter.shape()),
                                Math.toIntExact(parameters.of(parameter.path())),
                                parameter.initial()))
                        .toList(),
                model.running().stream()
                        .map(state -> new RunningDescription(
                                state.path(), sizes(state.shape()), Math.toIntExact(running.of(state.path())), (float)
                                        state.initial()))
                        .toList());
    }

    /** Of a shape without unknown sizes. */
    static List<Integer> sizes(Shape shape) {
        return shape.dims().stream().map(dim -> Math.toIntExact(dim.fixed())).toList();
    }
}
