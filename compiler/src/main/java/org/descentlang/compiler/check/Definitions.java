package org.descentlang.compiler.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Severity;
import org.descentlang.compiler.lower.Primitives;
import org.descentlang.compiler.names.Declarations;
import org.descentlang.compiler.names.NameResolution;
import org.descentlang.compiler.source.Span;

/** What can be said of a user's definitions without using them. Runs after everything that is used was elaborated. */
final class Definitions {
    private Definitions() {}

    /** @param problems what is known already; the same mistake is not reported again without its use */
    static void check(List<Definition> definitions, Declarations declarations, Problems problems) {
        var found = new Problems();
        for (Definition definition : definitions) {
            if (!found.isFull()) {
                problemsOf(definition, declarations).forEach(found::report);
            }
        }
        Set<Mistake> known = problems.sorted().stream().map(Mistake::of).collect(Collectors.toSet());
        found.sorted().stream()
                .filter(problem -> !known.contains(Mistake.of(problem)))
                .forEach(problems::report);
    }

    /** After an error, a name that is never used is no news. */
    private static List<Problem> problemsOf(Definition definition, Declarations declarations) {
        var problems = new Problems();
        Placement.check(definition, problems);
        NameResolution.check(declarations, Primitives.names(), definition, problems);
        return problems.sorted().stream()
                .filter(problem -> !problems.hasErrors() || problem.severity() == Severity.ERROR)
                .toList();
    }

    /** A problem, however it is worded. */
    private record Mistake(Code code, Span span) {
        static Mistake of(Problem problem) {
            return new Mistake(problem.code(), problem.primary().span());
        }
    }
}
