package org.descentlang.compiler.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** What a group's parameters, gradient and states have become so far in an update program. */
final class GroupState {
    /** How rules call the parameters and their gradient. */
    static final String PARAMETER = "θ";

    static final String GRADIENT = "g";

    private final UpdateGroup group;
    private final TensorType type;
    private final Map<String, Value.Tensor> values = new LinkedHashMap<>();

    GroupState(UpdateGroup group) {
        this.group = group;
        this.type = TensorType.f32(Shape.of(Dim.of(group.count())));
    }

    UpdateGroup group() {
        return group;
    }

    TensorType type() {
        return type;
    }

    /** Those of θ, g and the states that are there so far. */
    Map<String, Value.Tensor> values() {
        return Collections.unmodifiableMap(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Value.Tensor value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    void set(String name, Value.Tensor value) {
        values.put(name, value);
    }

    void readParameter(Elaboration elaboration) {
        read(PARAMETER, Storage.PARAMETER, group.name(), elaboration);
    }

    void readGradient(Elaboration elaboration) {
        read(GRADIENT, Storage.GRADIENT, group.name(), elaboration);
    }

    void readState(String name, String path, Elaboration elaboration) {
        read(name, Storage.STATE, path, elaboration);
    }

    private void read(String name, Storage storage, String path, Elaboration elaboration) {
        values.put(name, Value.Tensor.of(elaboration.read(storage, path, type), type));
    }
}
