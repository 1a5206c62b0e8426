package org.descentlang.compiler.diagnostic;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** The known word that a misspelt one was probably meant to be. */
public final class Suggestion {
    private static final int LONGEST = 60;
    private static final int SHORTEST_BEGINNING = 3;
    /** In a greater crowd the nearest says little, and to look for it for every mistake takes long. */
    private static final int MOST_CANDIDATES = 2000;

    private Suggestion() {}

    /**
     * The nearest candidate, if it is near enough: a third of the letters may differ, ties go to the first by alphabet.
     * Else one that abbreviates the word or is abbreviated by it: `lr` for `learning_rate`, `validation` for `val`.
     */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        if (word.length() > LONGEST || candidates.size() > MOST_CANDIDATES) {
            return Optional.empty();
        }
        return misspelt(word, candidates).or(() -> abbreviation(word, candidates));
    }

    private static Optional<String> misspelt(String word, Collection<String> candidates) {
        int allowed = Math.max(1, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> !candidate.equals(word))
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= allowed)
                .map(candidate -> new Near(candidate, distance(word, candidate, allowed)))
                .filter(near -> near.distance() <= allowed
                        && near.distance() < near.word().length())
                .min(Comparator.comparingInt(Near::distance)
                        .thenComparing(near -> !near.word().startsWith(word))
                        .thenComparingInt(near -> -commonBeginning(near.word(), word))
                        .thenComparing(near -> !near.word().endsWith(word.substring(word.length() - 1)))
                        .thenComparing(Near::word))
                .map(Near::word);
    }

    private static Optional<String> abbreviation(String word, Collection<String> candidates) {
        String brief = initials(word);
        return candidates.stream()
                .filter(candidate -> !candidate.equals(word))
                .filter(candidate -> candidate.length() > 1 && candidate.equals(brief)
                        || word.length() > 1
                                && candidate.indexOf('_') >= 0
                                && initials(candidate).equals(word)
                        || isBeginning(word, candidate)
                        || isBeginning(candidate, word))
                .min(Comparator.comparingInt((String candidate) -> -candidate.length())
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int commonBeginning(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }

    /** `val` of `validation`, `batch` of `batch_size`. */
    private static boolean isBeginning(String brief, String whole) {
        return brief.length() >= SHORTEST_BEGINNING && whole.startsWith(brief);
    }

    /** `; did you mean `x`?` to put at the end of a title, or nothing. */
    public static String didYouMean(String word, Collection<String> candidates) {
        return nearest(word, candidates)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("");
    }

    /** The first letters of the words of a name. */
    private static String initials(String name) {
        return Arrays.stream(name.split("_"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1))
                .collect(Collectors.joining());
    }

    /**
     * Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), case apart.
     *
     * @param most what is of interest: a greater distance may be given as any number above it
     */
    static int distance(String a, String b, int most) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(last, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                row[j] = step(a, b, i, j, row, last, beforeLast);
                least = Math.min(least, row[j]);
            }
            if (least > most + 1) { // one more, because a swap looks two rows back
                return least;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }

    /** The distance of the first {@code i} letters from the first {@code j}, from those of the rows before. */
    private static int step(String a, String b, int i, int j, int[] row, int[] last, int[] beforeLast) {
        int substitution = same(a.charAt(i - 1), b.charAt(j - 1)) ? 0 : 1;
        int best = Math.min(last[j - 1] + substitution, Math.min(last[j], row[j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && same(a.charAt(i - 1), b.charAt(j - 2)) && same(a.charAt(i - 2), b.charAt(j - 1));
        return swapped ? Math.min(best, beforeLast[j - 2] + 1) : best;
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    private record Near(String word, int distance) {}
}
