package org.descentlang.runtime.training;

import java.util.Arrays;
import java.util.function.Supplier;

/** Where a run began. It can be made again at any time, so that nothing of it need be kept. */
final class InitialState {
    private final Supplier<TrainingState> maker;
    private final int trained;
    private final int fingerprint;

    /**
     * @param maker makes the same state each time
     * @param made by it
     * @param trained how many of the parameters are not frozen
     */
    InitialState(Supplier<TrainingState> maker, TrainingState made, int trained) {
        this.maker = maker;
        this.trained = trained;
        fingerprint = fingerprint(made.parameters());
    }

    TrainingState make() {
        return maker.get();
    }

    /** Whether no trained parameter differs from its first value. */
    boolean hasParametersOf(TrainingState state) {
        return fingerprint(state.parameters()) == fingerprint
                && Arrays.equals(state.parameters(), 0, trained, make().parameters(), 0, trained);
    }

    private int fingerprint(float[] parameters) {
        int hash = 1;
        for (int i = 0; i < trained; i++) {
            hash = 31 * hash + Float.floatToIntBits(parameters[i]);
        }
        return hash;
    }
}
