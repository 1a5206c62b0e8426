package org.descentlang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the problems of one compilation. */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE = Comparator.<Problem, String>comparing(
                    p -> p.primary().span().source().name())
            .thenComparingInt(p -> p.primary().span().start())
            .thenComparing(p -> p.code().id());

    private final Set<Problem> problems = new LinkedHashSet<>();

    public void report(Problem problem) {
        problems.add(problem);
    }

    public boolean hasErrors() {
        return problems.stream().anyMatch(p -> p.severity() == Severity.ERROR);
    }

    /** Every problem once, by file and place. */
    public List<Problem> sorted() {
        var sorted = new ArrayList<>(problems);
        sorted.sort(BY_PLACE);
        return List.copyOf(sorted);
    }
}
