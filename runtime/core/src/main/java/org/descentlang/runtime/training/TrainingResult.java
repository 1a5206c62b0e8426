package org.descentlang.runtime.training;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came out of a run.
 *
 * @param trainLoss of the last epoch, while it trained
 * @param train of the final parameters over the training examples; only without data or where the run needed it
 * @param validation of the final parameters
 * @param test of the final parameters
 * @param bestEpoch whose parameters `keep best` restored
 * @param skipped steps without an update because of values that were not finite
 * @param state final parameters, optimizer state and running state, in the layout of the description
 */
public record TrainingResult(
        TrainingDescription description,
        List<EpochReport> history,
        long steps,
        long skipped,
        double trainLoss,
        Optional<Evaluation> train,
        Optional<Evaluation> validation,
        Optional<Evaluation> test,
        OptionalLong bestEpoch,
        StopReason reason,
        double seconds,
        TrainingState state) {
    public TrainingResult {
        history = List.copyOf(history);
    }
}
