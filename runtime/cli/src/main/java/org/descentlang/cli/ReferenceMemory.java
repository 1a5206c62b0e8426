package org.descentlang.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.RunningDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.training.StepArray;

/** What training changes, in double precision: the arrays of a step. */
final class ReferenceMemory {
    private final TrainingSpec training;
    private final TrainingDescription description;
    private final double[] parameters;
    private final double[] ahead;
    private final double[] gradients;
    private final double[] sum;
    private final double[] states;
    private final double[] running;
    private final boolean hasLookAhead;

    /** Where each parameter (by path) and each group (by name) starts in `parameters` and `gradients`. */
    private final Map<String, Integer> parameterOffsets = new HashMap<>();

    private final Map<String, Integer> groupOffsets = new HashMap<>();
    private final Map<String, Integer> stateOffsets = new HashMap<>();
    private final Map<String, Integer> runningOffsets = new HashMap<>();

    ReferenceMemory(TrainingSpec training, TrainingDescription description) {
        this.training = training;
        this.description = description;
        parameters = new double[description.parameterCount()];
        ahead = new double[description.parameterCount()];
        gradients = new double[description.parameterCount()];
        sum = new double[description.parameterCount()];
        hasLookAhead = training.find(ProgramRole.LOOK_AHEAD).isPresent();
        states = new double[description.stateCount()];
        running = new double[description.runningCount()];
        description.parameters().forEach(parameter -> parameterOffsets.put(parameter.path(), parameter.offset()));
        description.states().forEach(state -> stateOffsets.put(state.path(), state.offset()));
        description.running().forEach(state -> runningOffsets.put(state.path(), state.offset()));
        for (UpdateGroup group : training.update().groups()) {
            groupOffsets.put(
                    group.name(),
                    offset(parameterOffsets, group.parameters().getFirst().path()));
        }
    }

    void read(StepArray array, float[] target) {
        double[] source = array(array);
        for (int i = 0; i < source.length; i++) {
            target[i] = (float) source[i];
        }
    }

    void write(StepArray array, float[] source) {
        double[] target = array(array);
        for (int i = 0; i < target.length; i++) {
            target[i] = source[i];
        }
    }

    private double[] array(StepArray array) {
        return switch (array) {
            case PARAMETERS -> parameters;
            case GRADIENTS -> gradients;
            case STATES -> states;
            case RUNNING -> running;
        };
    }

    void sumGradients(double weight, boolean first) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = first ? gradients[i] : sum[i] + weight * gradients[i];
        }
    }

    void averageGradients(double scale) {
        Arrays.setAll(gradients, i -> scale * sum[i]);
    }

    double[] parameter(ParameterDescription parameter) {
        return slice(parameters, parameter.offset(), parameter.count());
    }

    /** Parameters one by one, and running state. */
    void bindModel(Inputs inputs, ProgramRole.Point from) {
        double[] point = point(from);
        for (ParameterDescription parameter : description.parameters()) {
            double[] value = slice(point, parameter.offset(), parameter.count());
            inputs.bind(Storage.PARAMETER, parameter.path(), TensorValue.of(sizes(parameter.shape()), value));
        }
        for (RunningDescription state : description.running()) {
            double[] value = slice(running, state.offset(), state.count());
            inputs.bind(Storage.RUNNING, state.path(), TensorValue.of(sizes(state.shape()), value));
        }
    }

    /** Parameters and gradients group by group, all that is trained as one, and the rule's state. */
    void bindGroups(Inputs inputs) {
        long trained = training.update().trainedCount();
        inputs.bind(Storage.GRADIENT, UpdateGroup.ALL, vector(gradients, 0, trained));
        for (UpdateGroup group : training.update().groups()) {
            int offset = offset(groupOffsets, group.name());
            inputs.bind(Storage.PARAMETER, group.name(), vector(parameters, offset, group.count()));
            inputs.bind(Storage.GRADIENT, group.name(), vector(gradients, offset, group.count()));
        }
        for (StateSpec state : training.update().states()) {
            int offset = offset(stateOffsets, state.path());
            inputs.bind(
                    Storage.STATE,
                    state.path(),
                    vector(states, offset, state.group().count()));
        }
    }

    /**
     * Takes over what a program writes.
     *
     * @param to where parameters go
     */
    void write(Results results, ProgramRole.Point to) {
        if (to == ProgramRole.Point.AHEAD) {
            System.arraycopy(parameters, 0, ahead, 0, ahead.length);
        }
        double[] point = point(to);
        for (Output output : results.program().outputs()) {
            double[] value = results.values().get(output.value()).data();
            switch (output.sink()) {
                case PARAMETER -> copy(value, point, offset(groupOffsets, output.name()));
                case STATE -> copy(value, states, offset(stateOffsets, output.name()));
                case RUNNING -> copy(value, running, offset(runningOffsets, output.name()));
                case GRADIENT -> copy(value, gradients, offset(parameterOffsets, output.name()));
                case RESULT -> {}
            }
        }
    }

    private double[] point(ProgramRole.Point point) {
        boolean elsewhere = point == ProgramRole.Point.AHEAD && hasLookAhead;
        return elsewhere ? ahead : parameters;
    }

    private static int offset(Map<String, Integer> offsets, String name) {
        Integer offset = offsets.get(name);
        if (offset == null) {
            throw new IllegalArgumentException("nothing is called " + name + "; there are " + offsets.keySet());
        }
        return offset;
    }

    private static TensorValue vector(double[] slab, int offset, long count) {
        return TensorValue.of(new int[] {(int) count}, slice(slab, offset, (int) count));
    }

    private static double[] slice(double[] slab, int offset, int count) {
        return Arrays.copyOfRange(slab, offset, offset + count);
    }

    private static int[] sizes(List<Integer> shape) {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void copy(double[] value, double[] slab, int offset) {
        System.arraycopy(value, 0, slab, offset, value.length);
    }
}
