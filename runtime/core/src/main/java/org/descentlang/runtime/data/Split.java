package org.descentlang.runtime.data;

import java.util.Arrays;
import org.descentlang.description.DataDescription;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.random.Permutation;
import org.descentlang.runtime.random.Stream;

/** Which examples train, validate and test: positions in the data set. */
public record Split(int[] train, int[] validation, int[] test) {
    /** Cuts the examples, shuffled if the data has a seed, at the shares' sums, rounded to whole examples. */
    public static Split of(DataDescription data, int examples) {
        int[] order = identity(data, examples);
        data.seed().ifPresent(seed -> Permutation.shuffle(order, seed, Stream.draw(data.name()), Stream.SPLIT));
        int trainEnd = (int) Math.rint(data.train() * examples);
        int validationEnd = (int) Math.rint((data.train() + data.validation()) * examples);
        var split = new Split(
                Arrays.copyOf(order, trainEnd),
                Arrays.copyOfRange(order, trainEnd, validationEnd),
                Arrays.copyOfRange(order, validationEnd, examples));
        requireExamples(data, "train", data.train(), split.train, examples);
        requireExamples(data, "validation", data.validation(), split.validation, examples);
        requireExamples(data, "test", data.test(), split.test, examples);
        return split;
    }

    private static void requireExamples(DataDescription data, String part, double share, int[] chosen, int examples) {
        if (share > 0 && chosen.length == 0) {
            String message = "the %s split of %s is empty: %s %% of %s is less than one"
                    .formatted(part, data.name(), Math.rint(share * 1e6) / 1e4, UserText.counted(examples, "example"));
            throw data.source()
                    .file()
                    .map(path -> UserException.in(path, message))
                    .orElseGet(() -> new UserException(message));
        }
    }

    private static int[] identity(DataDescription data, int count) {
        int[] positions = Memory.integers("The order of " + data.name(), count, 1);
        Arrays.setAll(positions, i -> i);
        return positions;
    }
}
