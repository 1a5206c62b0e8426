package org.descentlang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Collects the problems of one compilation. */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE = Comparator.<Problem, String>comparing(
                    p -> p.primary().span().source().name())
            .thenComparingInt(p -> p.primary().span().start())
            .thenComparing(p -> p.code().id());

    /**
     * Of errors and of warnings: nobody reads more, and to find them takes long in a text that is nothing but mistakes.
     */
    public static final int MOST = 1000;

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Map<Severity, Integer> counts = new EnumMap<>(Severity.class);

    public void report(Problem problem) {
        if (count(problem.severity()) < MOST && problems.add(problem)) {
            counts.merge(problem.severity(), 1, Integer::sum);
        }
    }

    /** Forgets all others. */
    public void retain(Predicate<Problem> wanted) {
        problems.removeIf(wanted.negate());
        counts.clear();
        problems.forEach(problem -> counts.merge(problem.severity(), 1, Integer::sum));
    }

    public boolean hasErrors() {
        return count(Severity.ERROR) > 0;
    }

    /** Whether further errors are left out, so that there is no need to look for them. */
    public boolean isFull() {
        return count(Severity.ERROR) == MOST;
    }

    private int count(Severity severity) {
        return counts.getOrDefault(severity, 0);
    }

    /** Every problem once, by file and place. */
    public List<Problem> sorted() {
        var sorted = new ArrayList<>(problems);
        sorted.sort(BY_PLACE);
        return List.copyOf(sorted);
    }
}
