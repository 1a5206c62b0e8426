package org.descentlang.runtime.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.description.DataDescription;
import org.descentlang.description.DataSource;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.random.Permutation;
import org.descentlang.runtime.random.Stream;

/** Which examples train, validate and test: positions in the data set. */
public record Split(int[] train, int[] validation, int[] test) {
    /**
     * Cuts the examples, shuffled if the data has a seed, at the shares' sums, rounded to whole examples. What a split
     * has a file of its own for stays whole.
     *
     * @param files examples of each file: {@link DataSet#files}
     */
    public static Split of(DataDescription data, List<Integer> files) {
        Split shares = of(data, files.getFirst());
        if (!(data.source() instanceof DataSource.File source)) {
            return shares;
        }
        Iterator<Integer> own = files.stream().skip(1).iterator();
        int first = files.getFirst();
        int[] validation = source.validation().isPresent() ? range(first, own.next()) : shares.validation;
        first += source.validation().isPresent() ? validation.length : 0;
        int[] test = source.test().isPresent() ? range(first, own.next()) : shares.test;
        return new Split(shares.train, validation, test);
    }

    private static int[] range(int first, int count) {
        return IntStream.range(first, first + count).toArray();
    }

    private static Split of(DataDescription data, int examples) {
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
