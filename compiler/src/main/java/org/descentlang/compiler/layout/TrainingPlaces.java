package org.descentlang.compiler.layout;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;

/**
 * Where a `train` keeps what outlives a step: parameters group by group, then frozen ones; gradients like the
 * parameters; states and running state one after another.
 *
 * @param inOrder parameters, in the order of memory
 * @param groups where the parameters of each group begin
 * @param trained how many elements are trained: what lies behind is frozen
 */
public record TrainingPlaces(
        List<ParameterSpec> inOrder, Places parameters, Places groups, long trained, Places states, Places running) {
    public static TrainingPlaces of(TrainingSpec training) {
        var inOrder = new ArrayList<ParameterSpec>();
        var groups = new Places();
        for (UpdateGroup group : training.update().groups()) {
            groups.add(group.name(), group.count());
            inOrder.addAll(group.parameters());
        }
        groups.alias(UpdateGroup.ALL, 0);
        inOrder.addAll(training.update().frozen());
        return new TrainingPlaces(
                List.copyOf(inOrder),
                Places.of(inOrder, ParameterSpec::path, ParameterSpec::count),
                groups,
                groups.count(),
                Places.of(
                        training.update().states(),
                        StateSpec::path,
                        state -> state.group().count()),
                Places.of(training.model().running(), RunningSpec::path, RunningSpec::count));
    }
}
