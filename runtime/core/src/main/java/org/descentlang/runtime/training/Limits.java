package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.description.NumberText;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.description.TrainingDescription.Limit;

/** What hyperparameters must be compared with each other, as rules and losses require it. */
final class Limits {
    /** By positions. */
    private record Pair(int smaller, boolean included, int larger) {
        boolean holds(double[] values) {
            return values[smaller] < values[larger] || included && values[smaller] == values[larger];
        }
    }

    private final List<HyperparameterDescription> numbers;
    private final Pair[] pairs;

    Limits(List<HyperparameterDescription> numbers) {
        this.numbers = numbers;
        List<String> paths =
                numbers.stream().map(HyperparameterDescription::path).toList();
        List<Pair> found = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            for (Limit limit : numbers.get(i).limits()) {
                found.add(new Pair(i, limit.included(), paths.indexOf(limit.path())));
            }
        }
        pairs = found.toArray(Pair[]::new);
    }

    /** @param values of all hyperparameters */
    boolean hold(double[] values) {
        for (Pair pair : pairs) {
            if (!pair.holds(values)) {
                return false;
            }
        }
        return true;
    }

    /** The first that does not hold: `optimizer.low must be at most optimizer.high, which is 1, not 2`. */
    Optional<String> mistake(double[] values) {
        for (Pair pair : pairs) {
            if (!pair.holds(values)) {
                return Optional.of("%s must be %s %s, which is %s, not %s"
                        .formatted(
                                numbers.get(pair.smaller).path(),
                                pair.included ? "at most" : "below",
                                numbers.get(pair.larger).path(),
                                NumberText.of(values[pair.larger]),
                                NumberText.of(values[pair.smaller])));
            }
        }
        return Optional.empty();
    }
}
