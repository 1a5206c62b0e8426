package org.descentlang.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.layout.Places;
import org.descentlang.compiler.layout.TrainingPlaces;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Layout;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.ProgramRole;

/**
 * Where the programs of a `train` find and leave their values: what outlives a step at its places, fields of a batch
 * one after another, each with room for the largest batch.
 */
final class TrainingLayout {
    /** @param width elements an example */
    record Field(DataSpec.Field spec, Offset offset, long width) {
        boolean isWhole() {
            return spec.type().element() == ElementType.I32;
        }
    }

    private final TrainingPlaces places;
    private final List<Field> fields = new ArrayList<>();
    private final Totals totals;
    private final boolean ahead;
    private Offset floatInputs = Offset.ZERO;
    private Offset intInputs = Offset.ZERO;

    TrainingLayout(TrainingSpec training, Capacity capacity) {
        places = TrainingPlaces.of(training);
        totals = training.totals();
        ahead = training.find(ProgramRole.LOOK_AHEAD).isPresent();
        training.data().ifPresent(data -> data.fields().forEach(field -> add(field, capacity)));
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

    TrainingPlaces places() {
        return places;
    }

    Offset floatInputs() {
        return floatInputs;
    }

    Offset intInputs() {
        return intInputs;
    }

    long parameterCount() {
        return places.parameters().count();
    }

    long stateCount() {
        return places.states().count();
    }

    long runningCount() {
        return places.running().count();
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
                    case PARAMETERS -> places.parameters();
                    case GROUPS -> places.groups();
                });
    }

    private Slab parameters(ProgramRole.Point point) {
        return switch (point) {
            case PARAMETERS -> Slab.PARAMETERS;
            case AHEAD -> ahead ? Slab.AHEAD : Slab.PARAMETERS;
        };
    }

    private Layout layout(Slab readParameters, Slab writtenParameters, Places tensors) {
        return new Layout() {
            @Override
            public Place of(Op.Read read) {
                return switch (read.storage()) {
                    case INPUT -> input(read.name());
                    case PARAMETER -> new Place(readParameters, tensors.of(read.name()));
                    case GRADIENT -> new Place(Slab.GRADIENTS, tensors.of(read.name()));
                    case STATE -> new Place(Slab.STATES, places.states().of(read.name()));
                    case RUNNING -> new Place(Slab.RUNNING, places.running().of(read.name()));
                    case SCALAR, CARRIED, SHARED, ELEMENT -> throw new IllegalArgumentException(read.toString());
                };
            }

            @Override
            public Place of(Output output) {
                return switch (output.sink()) {
                    case GRADIENT -> new Place(Slab.GRADIENTS, tensors.of(output.name()));
                    case RUNNING -> new Place(Slab.RUNNING, places.running().of(output.name()));
                    case PARAMETER -> new Place(writtenParameters, tensors.of(output.name()));
                    case STATE -> new Place(Slab.STATES, places.states().of(output.name()));
                    case RESULT -> new Place(Slab.STATISTICS, totals.offset(output.name()));
                    case CARRIED, ELEMENT -> throw new IllegalArgumentException(output.toString());
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
}
