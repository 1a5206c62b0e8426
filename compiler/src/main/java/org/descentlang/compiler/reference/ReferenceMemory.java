package org.descentlang.compiler.reference;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.layout.Places;
import org.descentlang.compiler.layout.TrainingPlaces;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.ProgramRole.Point;

/** What training changes, in double precision, at the places of generated code. */
public final class ReferenceMemory {
    private final TrainingSpec training;
    private final TrainingPlaces places;
    private final double[] parameters;
    private final double[] ahead;
    private final double[] gradients;
    private final double[] states;
    private final double[] running;
    private final boolean hasLookAhead;

    ReferenceMemory(TrainingSpec training) {
        this.training = training;
        places = TrainingPlaces.of(training);
        parameters = array(places.parameters());
        ahead = array(places.parameters());
        gradients = array(places.parameters());
        states = array(places.states());
        running = array(places.running());
        hasLookAhead = training.find(ProgramRole.LOOK_AHEAD).isPresent();
    }

    private static double[] array(Places places) {
        return new double[Math.toIntExact(places.count())];
    }

    public double[] parameters() {
        return parameters;
    }

    public double[] gradients() {
        return gradients;
    }

    public double[] states() {
        return states;
    }

    public double[] running() {
        return running;
    }

    /** The values of each parameter by its path, in the order of memory. */
    public Map<String, double[]> byPath() {
        var values = new LinkedHashMap<String, double[]>();
        places.inOrder().forEach(parameter -> values.put(parameter.path(), value(parameter, parameters)));
        return values;
    }

    private double[] value(ParameterSpec parameter, double[] array) {
        return slice(array, places.parameters().of(parameter.path()), parameter.count());
    }

    public void set(ParameterSpec parameter, double[] values) {
        System.arraycopy(
                values, 0, parameters, Math.toIntExact(places.parameters().of(parameter.path())), values.length);
    }

    public void set(StateSpec state, double value) {
        int from = Math.toIntExact(places.states().of(state.path()));
        Arrays.fill(states, from, from + Math.toIntExact(state.group().count()), value);
    }

    void bind(Inputs inputs, ProgramRole role) {
        switch (role.tensors()) {
            case PARAMETERS -> bindModel(inputs, role.reads());
            case GROUPS -> bindGroups(inputs);
        }
    }

    /** Parameters one by one, and running state. */
    private void bindModel(Inputs inputs, Point from) {
        double[] point = point(from);
        for (ParameterSpec parameter : places.inOrder()) {
            double[] value = value(parameter, point);
            inputs.bind(Storage.PARAMETER, parameter.path(), TensorValue.of(sizes(parameter.shape()), value));
        }
        for (RunningSpec state : training.model().running()) {
            double[] value = slice(running, places.running().of(state.path()), state.count());
            inputs.bind(Storage.RUNNING, state.path(), TensorValue.of(sizes(state.shape()), value));
        }
    }

    /** Parameters and gradients group by group, all that is trained as one, and the rule's state. */
    private void bindGroups(Inputs inputs) {
        inputs.bind(Storage.GRADIENT, UpdateGroup.ALL, vector(gradients, 0, places.trained()));
        for (UpdateGroup group : training.update().groups()) {
            long offset = places.groups().of(group.name());
            inputs.bind(Storage.PARAMETER, group.name(), vector(parameters, offset, group.count()));
            inputs.bind(Storage.GRADIENT, group.name(), vector(gradients, offset, group.count()));
        }
        for (StateSpec state : training.update().states()) {
            long offset = places.states().of(state.path());
            inputs.bind(
                    Storage.STATE,
                    state.path(),
                    vector(states, offset, state.group().count()));
        }
    }

    /** Takes over what a program writes. */
    void take(Results results, ProgramRole role) {
        if (role.writes() == Point.AHEAD) {
            System.arraycopy(parameters, 0, ahead, 0, ahead.length);
        }
        for (Results.Result output : results.outputs()) {
            double[] value = output.value().data();
            target(output, role)
                    .ifPresent(target -> System.arraycopy(value, 0, target.array, target.at(), value.length));
        }
    }

    /** Where an output is kept. */
    private record Target(double[] array, long offset) {
        int at() {
            return Math.toIntExact(offset);
        }
    }

    private Optional<Target> target(Results.Result output, ProgramRole role) {
        String name = output.name();
        return switch (output.sink()) {
            case PARAMETER ->
                Optional.of(new Target(point(role.writes()), places.groups().of(name)));
            case STATE -> Optional.of(new Target(states, places.states().of(name)));
            case RUNNING -> Optional.of(new Target(running, places.running().of(name)));
            case GRADIENT ->
                Optional.of(new Target(gradients, places.parameters().of(name)));
            case RESULT, CARRIED, ELEMENT -> Optional.empty();
        };
    }

    private double[] point(Point point) {
        boolean elsewhere = point == Point.AHEAD && hasLookAhead;
        return elsewhere ? ahead : parameters;
    }

    private static TensorValue vector(double[] array, long offset, long count) {
        return TensorValue.of(new int[] {Math.toIntExact(count)}, slice(array, offset, count));
    }

    private static double[] slice(double[] array, long offset, long count) {
        return Arrays.copyOfRange(array, Math.toIntExact(offset), Math.toIntExact(offset + count));
    }

    private static int[] sizes(Shape shape) {
        return shape.dims().stream()
                .mapToInt(dim -> Math.toIntExact(dim.fixed()))
                .toArray();
    }
}
