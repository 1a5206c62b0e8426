package org.descentlang.compiler.ir;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The common name of tensors that are one for each turn of a repetition, `body.block.{1-12}.w`: read or left by it they
 * are one tensor, with the turns along its first axis.
 */
public record StackedName(String before, int first, int last, String after) {
    private static final Pattern TEXT = Pattern.compile("([^{]*)\\{(\\d{1,9})-(\\d{1,9})}(.*)");
    private static final Pattern NUMBER = Pattern.compile("(?<=\\.)\\d{1,9}(?=\\.|$)");

    /** Empty if the name is that of one tensor. */
    public static Optional<StackedName> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new StackedName(
                        matcher.group(1),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        matcher.group(4)))
                : Optional.empty();
    }

    /** Of the names from {@code first} to {@code other}, which is {@code distance} turns further on. */
    public static Optional<StackedName> between(String first, String other, int distance) {
        return NUMBER.matcher(first)
                .results()
                .map(number -> new StackedName(
                        first.substring(0, number.start()),
                        Integer.parseInt(number.group()),
                        Integer.parseInt(number.group()) + distance,
                        first.substring(number.end())))
                .filter(name -> name.name(distance).equals(other))
                .findFirst();
    }

    /** The names that may be that of the next turn. */
    public static List<String> next(String name) {
        return NUMBER.matcher(name)
                .results()
                .map(number -> name.substring(0, number.start())
                        + (Integer.parseInt(number.group()) + 1)
                        + name.substring(number.end()))
                .toList();
    }

    /** Of turn {@code turn}, the first being 0. */
    public String name(int turn) {
        return before + (first + turn) + after;
    }

    /** From the same first turn. */
    public StackedName of(int turns) {
        return new StackedName(before, first, first + turns - 1, after);
    }

    public int turns() {
        return last - first + 1;
    }

    public IntStream indices() {
        return IntStream.range(0, turns());
    }

    /** Of any one of them: `body.block.*.w`. */
    public String pattern() {
        return before + "*" + after;
    }

    public String text() {
        return before + "{" + first + "-" + last + "}" + after;
    }
}
