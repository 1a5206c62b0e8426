package org.descentlang.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.descentlang.description.DataDescription;
import org.descentlang.description.DataSource;
import org.descentlang.runtime.UserException;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void cutsAtRoundedSums() {
        Split split = Split.of(description(0.7, 0.15, 0.15, OptionalLong.of(7)), List.of(1797));
        assertThat(split.train()).hasSize(1258);
        assertThat(split.validation()).hasSize(269);
        assertThat(split.test()).hasSize(270);
        int[] all = IntStream.of(split.train()).toArray();
        all = IntStream.concat(IntStream.of(all), IntStream.of(split.validation()))
                .toArray();
        all = IntStream.concat(IntStream.of(all), IntStream.of(split.test()))
                .sorted()
                .toArray();
        assertThat(all).isEqualTo(IntStream.range(0, 1797).toArray());
    }

    @Test
    void dependsOnTheSeedOnly() {
        int[] train = Split.of(description(0.5, 0.5, 0, OptionalLong.of(7)), List.of(100))
                .train();
        assertThat(Split.of(description(0.5, 0.5, 0, OptionalLong.of(7)), List.of(100))
                        .train())
                .isEqualTo(train);
        assertThat(Split.of(description(0.5, 0.5, 0, OptionalLong.of(8)), List.of(100))
                        .train())
                .isNotEqualTo(train);
    }

    @Test
    void keepsTheOrderWithoutASeed() {
        Split split = Split.of(description(0.8, 0, 0.2, OptionalLong.empty()), List.of(5));
        assertThat(split.train()).containsExactly(0, 1, 2, 3);
        assertThat(split.validation()).isEmpty();
        assertThat(split.test()).containsExactly(4);
    }

    @Test
    void refusesAnEmptyPart() {
        assertThatThrownBy(() -> Split.of(description(0.9, 0.05, 0.05, OptionalLong.empty()), List.of(4)))
                .isInstanceOf(UserException.class)
                .hasMessage("the validation split of D is empty: 5.0 % of 4 examples is less than one");
    }

    @Test
    void filesOfTheirOwnStayWhole() {
        var paths = new DataSource.Paths("more.csv", Optional.empty());
        var source = new DataSource.File(paths, Optional.of(paths), Optional.of(paths));
        var data = new DataDescription("D", source, List.of(), 1, 0, 0, OptionalLong.of(7));
        Split split = Split.of(data, List.of(5, 2, 3));
        assertThat(split.train()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(split.validation()).containsExactly(5, 6);
        assertThat(split.test()).containsExactly(7, 8, 9);
        var shared = new DataSource.File(paths, Optional.empty(), Optional.of(paths));
        Split parts =
                Split.of(new DataDescription("D", shared, List.of(), 0.8, 0.2, 0, OptionalLong.empty()), List.of(5, 3));
        assertThat(parts.train()).containsExactly(0, 1, 2, 3);
        assertThat(parts.validation()).containsExactly(4);
        assertThat(parts.test()).containsExactly(5, 6, 7);
    }

    private static DataDescription description(double train, double validation, double test, OptionalLong seed) {
        return new DataDescription("D", new DataSource.RandomExamples(1), List.of(), train, validation, test, seed);
    }
}
