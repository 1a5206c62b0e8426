package org.descentlang.compiler.emit.device;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.Hyperparameter;

/**
 * The array `numbers` that a step uploads: rows, seed and draw in 32 bits each, the update's number, hyperparameters.
 */
public record DeviceNumbers(List<String> hyperparameters) {
    public static final int ROWS = 0;
    public static final int SEED = 1;
    public static final int DRAW = 3;
    static final int UPDATE = 5;
    public static final int HYPERPARAMETERS = 6;

    public DeviceNumbers {
        hyperparameters = List.copyOf(hyperparameters);
    }

    public static DeviceNumbers of(List<Hyperparameter> hyperparameters) {
        return new DeviceNumbers(
                hyperparameters.stream().map(Hyperparameter::path).toList());
    }

    public int size() {
        return HYPERPARAMETERS + hyperparameters.size();
    }

    int position(Op.Read scalar) {
        int found = hyperparameters.indexOf(scalar.name());
        if (found < 0 && !scalar.name().equals("t")) {
            throw new IllegalArgumentException("no hyperparameter " + scalar.name());
        }
        return found < 0 ? UPDATE : HYPERPARAMETERS + found;
    }
}
