package org.descentlang.runtime.training;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.UserText;

/**
 * The result of a run.
 *
 * @param steps made, including skipped ones
 * @param skipped steps without an update because of values that were not finite
 * @param meanTrainLoss a running mean over the steps of the last epoch, while parameters changed; without data over the
 *     whole run. NaN if no step was good. The loss of the final parameters is that of {@code train}
 * @param train of the final parameters over the training examples; absent after an interruption or less than an epoch,
 *     unless a clause needs it
 * @param validation of the final parameters
 * @param test of the final parameters
 * @param bestEpoch the epoch whose parameters `keep best` restored
 * @param warnings signs that the run went wrong although its values are finite, for the user to read
 * @param state final parameters, optimizer state and running state, in the layout of the description
 */
public record TrainingResult(
        TrainingDescription description,
        List<EpochReport> history,
        long steps,
        long skipped,
        double meanTrainLoss,
        Optional<Evaluation> train,
        Optional<Evaluation> validation,
        Optional<Evaluation> test,
        OptionalLong bestEpoch,
        StopReason reason,
        List<String> warnings,
        double seconds,
        TrainingState state) {
    public TrainingResult {
        history = List.copyOf(history);
        warnings = List.copyOf(warnings);
    }

    /** Whether a parameter was ever updated: if not, the state is the initial one. */
    public boolean isTrained() {
        return steps > skipped;
    }

    /** One line, without the arrays and lists. */
    @Override
    public String toString() {
        var text = new StringJoiner(", ")
                .add(description.name() + " " + reason.text())
                .add(UserText.counted(steps, "step"));
        train.ifPresent(scores -> text.add("training " + scores));
        validation.ifPresent(scores -> text.add("validation " + scores));
        test.ifPresent(scores -> text.add("test " + scores));
        return text.toString();
    }
}
