package org.descentlang.compiler.emit;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.Hyperparameter;

/** The array `numbers` that a step uploads: rows, seed and draw in 32 bits each, the update's number, hyperparameters. */
record DeviceNumbers(List<String> hyperparameters) {
    static final int ROWS = 0;
    static final int SEED = 1;
    static final int DRAW = 3;
    static final int UPDATE = 5;
    static final int HYPERPARAMETERS = 6;

    DeviceNumbers {
        hyperparameters = List.copyOf(hyperparameters);
    }

    static DeviceNumbers of(List<Hyperparameter> hyperparameters) {
        return new DeviceNumbers(
                hyperparameters.stream().map(Hyperparameter::path).toList());
    }

    int size() {
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
