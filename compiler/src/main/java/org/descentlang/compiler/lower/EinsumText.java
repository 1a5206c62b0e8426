package org.descentlang.compiler.lower;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** `bqhd,bkhd->bhqk`: the letters of each operand's axes, and of the result's. */
record EinsumText(List<String> operands, String result) {
    private static final String ARROW = "->";

    EinsumText {
        operands = List.copyOf(operands);
    }

    /** What is wrong is handed to {@code complaints}, in words. */
    static Optional<EinsumText> read(String written, List<String> complaints) {
        String text = written.replace(" ", "");
        int arrow = text.indexOf(ARROW);
        if (arrow < 0) {
            complaints.add("`einsum` needs `->` and the letters of its result, as in \"ij,jk->ik\"");
            return Optional.empty();
        }
        var read = new EinsumText(
                List.of(text.substring(0, arrow).split(",", -1)), text.substring(arrow + ARROW.length()));
        read.operands.forEach(term -> check(term, "an operand, whose diagonal `einsum` does not take", complaints));
        check(read.result, "the result", complaints);
        read.result
                .chars()
                .filter(letter -> read.operands.stream().noneMatch(term -> term.indexOf(letter) >= 0))
                .mapToObj(letter -> "the letter `" + (char) letter + "` of the result is in no operand")
                .forEach(complaints::add);
        return complaints.isEmpty() ? Optional.of(read) : Optional.empty();
    }

    private static void check(String term, String of, List<String> complaints) {
        for (int i = 0; i < term.length(); i++) {
            char letter = term.charAt(i);
            if (letter == '.') {
                complaints.add("`einsum` has a letter for each axis; it does not take `...`");
                return;
            }
            if (!(letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z')) {
                complaints.add("`einsum` names axes by the letters a to z and A to Z, not by `" + letter + "`");
                return;
            }
            if (term.indexOf(letter) < i) {
                complaints.add("the letter `" + letter + "` stands twice in `" + term + "`, " + of);
                return;
            }
        }
    }

    /** Letters that something from operand {@code next} on needs, or the result. */
    boolean isNeeded(char letter, int next) {
        return result.indexOf(letter) >= 0
                || operands.subList(next, operands.size()).stream().anyMatch(term -> term.indexOf(letter) >= 0);
    }

    /** Those of {@code from} that {@code in} has, or, with {@code has} false, has not. */
    static String letters(String from, String in, boolean has) {
        return from.chars()
                .filter(letter -> in.indexOf(letter) >= 0 == has)
                .mapToObj(letter -> Character.toString((char) letter))
                .collect(Collectors.joining());
    }
}
