package org.descentlang.cli;

import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingFailedException;
import org.descentlang.runtime.training.TrainingListener;
import org.descentlang.runtime.training.TrainingResult;

/** The command reports a run that failed like any other, and ends with another status. */
final class Outcome {
    private Outcome() {}

    static TrainingResult of(Trainer trainer, TrainingListener listener) {
        try {
            return trainer.train(listener);
        } catch (TrainingFailedException failure) {
            return failure.result();
        }
    }

    static int status(TrainingResult result) {
        return result.reason().isFailure() ? ExitStatus.MISTAKE : ExitStatus.SUCCESS;
    }
}
