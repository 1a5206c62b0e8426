package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription;

/** What a {@link TrainingStep} keeps between its programs, as the host reads and writes it. */
public enum StepArray {
    /** All parameters, frozen ones included. */
    PARAMETERS,

    /** Laid out as the parameters are. */
    GRADIENTS,

    /** The update rule's state. */
    STATES,

    /** Running state of layers. */
    RUNNING;

    /** How many numbers it has. */
    public int count(TrainingDescription description) {
        return switch (this) {
            case PARAMETERS, GRADIENTS -> description.parameterCount();
            case STATES -> description.stateCount();
            case RUNNING -> description.runningCount();
        };
    }
}
