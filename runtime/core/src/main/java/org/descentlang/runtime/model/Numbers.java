package org.descentlang.runtime.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Long tables of numbers in generated code: as text, since code to list them would be longer than Java allows. */
public final class Numbers {
    private Numbers() {}

    /** @param texts numbers with blanks between */
    public static List<Double> of(String... texts) {
        return Arrays.stream(texts)
                .flatMap(text -> Stream.of(text.strip().split(" ")))
                .filter(number -> !number.isEmpty())
                .map(Double::valueOf)
                .toList();
    }
}
