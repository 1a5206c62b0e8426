package org.descentlang.runtime.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Long tables of numbers in generated code: as text, since code to list them would be longer than Java allows. */
public final class Numbers {
    private Numbers() {}

    /** @param texts numbers with blanks between */
    public static List<Double> of(String... texts) {
        return words(texts).map(Double::valueOf).toList();
    }

    /** @param texts whole numbers with blanks between */
    public static List<Integer> whole(String... texts) {
        return words(texts).map(Integer::valueOf).toList();
    }

    private static Stream<String> words(String... texts) {
        return Arrays.stream(texts)
                .flatMap(text -> Stream.of(text.strip().split(" ")))
                .filter(number -> !number.isEmpty());
    }
}
