package org.descentlang.runtime.training;

import org.descentlang.description.TrainingDescription;

/**
 * Everything that training changes, in the layout of {@link TrainingDescription}.
 *
 * @param parameters all parameters, frozen ones included
 * @param states the update rule's state
 * @param running running state of layers
 */
public record TrainingState(float[] parameters, float[] states, float[] running) {
    public static TrainingState allocate(TrainingDescription description) {
        return new TrainingState(
                new float[description.parameterCount()],
                new float[description.stateCount()],
                new float[description.runningCount()]);
    }

    TrainingState copy() {
        return new TrainingState(parameters.clone(), states.clone(), running.clone());
    }

    boolean isFinite() {
        return isFinite(parameters) && isFinite(states) && isFinite(running);
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
