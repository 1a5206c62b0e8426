package org.descentlang.compiler.diagnostic;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** The known word that a misspelt one was probably meant to be. */
public final class Suggestion {
    private static final int LONGEST = 60;

    private Suggestion() {}

    /**
     * The nearest candidate, if it is near enough: a third of the letters may differ, ties go to the first by alphabet. Else one
     * that abbreviates the word or is abbreviated by it: `lr` for `learning_rate`.
     */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        return misspelt(word, candidates)
                .or(() -> candidates.stream()
                        .filter(candidate -> abbreviates(candidate, word) || abbreviates(word, candidate))
                        .min(Comparator.naturalOrder()));
    }

    private static Optional<String> misspelt(String word, Collection<String> candidates) {
        int allowed = Math.max(1, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> !candidate.equals(word))
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= allowed)
                .map(candidate -> new Near(candidate, distance(word, candidate)))
                .filter(near -> near.distance() <= allowed
                        && near.distance() < near.word().length())
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::word))
                .map(Near::word);
    }

    /** `; did you mean `x`?` to put at the end of a title, or nothing. */
    public static String didYouMean(String word, Collection<String> candidates) {
        return nearest(word, candidates)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("");
    }

    /** Whether {@code brief} is the first letters of the words of {@code full}. */
    private static boolean abbreviates(String brief, String full) {
        String initials = Arrays.stream(full.split("_"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1))
                .collect(Collectors.joining());
        return initials.length() > 1 && initials.equals(brief);
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), case apart. */
    static int distance(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        int substitution = same(a.charAt(i - 1), b.charAt(j - 1)) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + substitution, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && same(a.charAt(i - 1), b.charAt(j - 2)) && same(a.charAt(i - 2), b.charAt(j - 1));
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    private record Near(String word, int distance) {}
}
