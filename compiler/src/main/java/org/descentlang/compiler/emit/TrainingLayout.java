package org.descentlang.compiler.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Layout;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.ProgramRole;

/**
 * Where a `train` keeps what outlives a step: parameters group by group, then frozen ones; gradients like the
 * parameters; states one after another; fields of a batch one after another, each with room for the largest batch.
 */
final class TrainingLayout {
    /** @param width elements an example */
    record Field(DataSpec.Field spec, Offset offset, long width) {
        boolean isWhole() {
            return spec.type().element() == ElementType.I32;
        }
    }

    private final Map<String, Long> parameters = new HashMap<>();
    private final Map<String, Long> groups = new HashMap<>();
    private final Map<String, Long> states = new HashMap<>();
    private final Map<String, Long> running = new HashMap<>();
    private final List<ParameterSpec> parameterSpecs = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final Totals totals;
    private final boolean ahead;
    private Offset floatInputs = Offset.ZERO;
    private Offset intInputs = Offset.ZERO;
    private long trainedCount;
    private long parameterCount;
    private long stateCount;
    private long runningCount;

    TrainingLayout(TrainingSpec training, Capacity capacity) {
        totals = training.totals();
        ahead = training.find(ProgramRole.LOOK_AHEAD).isPresent();
        for (UpdateGroup group : training.update().groups()) {
            groups.put(group.name(), parameterCount);
            group.parameters().forEach(this::add);
        }
        trainedCount = parameterCount;
        groups.put(UpdateGroup.ALL, 0L);
        training.update().frozen().forEach(this::add);
        for (StateSpec state : training.update().states()) {
            states.put(state.path(), stateCount);
            stateCount += state.group().count();
        }
        for (RunningSpec state : training.model().running()) {
            running.put(state.path(), runningCount);
            runningCount += state.count();
        }
        training.data().ifPresent(data -> data.fields().forEach(field -> add(field, capacity)));
    }

    private void add(ParameterSpec parameter) {
        parameterSpecs.add(parameter);
        parameters.put(parameter.path(), parameterCount);
        parameterCount += parameter.count();
    }

    private void add(DataSpec.Field spec, Capacity capacity) {
        Dim count = capacity.resolve(spec.type().shape().count());
        long width = spec.type().shape().count(1);
        var field = new Field(spec, spec.type().element() == ElementType.I32 ? intInputs : floatInputs, width);
        fields.add(field);
        if (field.isWhole()) {
            intInputs = intInputs.plus(count);
        } else {
            floatInputs = floatInputs.plus(count);
        }
    }

    List<Field> fields() {
        return fields;
    }

    /** In the order of memory. */
    List<ParameterSpec> parameters() {
        return parameterSpecs;
    }

    long offset(ParameterSpec parameter) {
        return parameters.getOrDefault(parameter.path(), 0L);
    }

    long offset(StateSpec state) {
        return states.getOrDefault(state.path(), 0L);
    }

    long offset(RunningSpec state) {
        return running.getOrDefault(state.path(), 0L);
    }

    Offset floatInputs() {
        return floatInputs;
    }

    Offset intInputs() {
        return intInputs;
    }

    long trainedCount() {
        return trainedCount;
    }

    long parameterCount() {
        return parameterCount;
    }

    long stateCount() {
        return stateCount;
    }

    long runningCount() {
        return runningCount;
    }

    /** Whether the gradient is taken elsewhere than at the parameters. */
    boolean isAhead() {
        return ahead;
    }

    /** Where a program finds and leaves its values. */
    Layout of(ProgramRole role) {
        return layout(
                parameters(role.reads()),
                parameters(role.writes()),
                switch (role.tensors()) {
                    case PARAMETERS -> parameters;
                    case GROUPS -> groups;
                });
    }

    private Slab parameters(ProgramRole.Point point) {
        return switch (point) {
            case PARAMETERS -> Slab.PARAMETERS;
            case AHEAD -> ahead ? Slab.AHEAD : Slab.PARAMETERS;
        };
    }

    private Layout layout(Slab readParameters, Slab writtenParameters, Map<String, Long> tensors) {
        return new Layout() {
            @Override
            public Place of(Op.Read read) {
                return switch (read.storage()) {
                    case INPUT -> input(read.name());
                    case PARAMETER -> new Place(readParameters, find(read.name(), tensors));
                    case GRADIENT -> new Place(Slab.GRADIENTS, find(read.name(), tensors));
                    case STATE -> new Place(Slab.STATES, find(read.name(), states));
                    case RUNNING -> new Place(Slab.RUNNING, find(read.name(), running));
                    case SCALAR -> throw new IllegalArgumentException(read.toString());
                };
            }

            @Override
            public Place of(Output output) {
                return switch (output.sink()) {
                    case GRADIENT -> new Place(Slab.GRADIENTS, find(output.name(), tensors));
                    case RUNNING -> new Place(Slab.RUNNING, find(output.name(), running));
                    case PARAMETER -> new Place(writtenParameters, find(output.name(), tensors));
                    case STATE -> new Place(Slab.STATES, find(output.name(), states));
                    case RESULT -> new Place(Slab.STATISTICS, totals.offset(output.name()));
                };
            }
        };
    }

    private Place input(String name) {
        return fields.stream()
                .filter(field -> field.spec.name().equals(name))
                .map(field -> new Place(field.isWhole() ? Slab.INT_INPUTS : Slab.FLOAT_INPUTS, field.offset))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no field " + name));
    }

    private static long find(String name, Map<String, Long> offsets) {
        Long offset = offsets.get(name);
        if (offset == null) {
            throw new IllegalArgumentException("no place for " + name);
        }
        return offset;
    }
}
