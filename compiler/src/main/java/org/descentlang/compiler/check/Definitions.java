package org.descentlang.compiler.check;

import java.util.List;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Severity;

/** What can be said of a user's definitions without using them. Runs after everything that is used was elaborated. */
final class Definitions {
    private Definitions() {}

    /** @param problems what is known already; the same mistake is not reported again without its use */
    static void check(List<Definition> definitions, Declarations declarations, Problems problems) {
        var found = new Problems();
        for (Definition definition : definitions) {
            problemsOf(definition, declarations).forEach(found::report);
        }
        List<Problem> known = problems.sorted();
        found.sorted().stream()
                .filter(problem -> known.stream().noneMatch(k -> isSame(k, problem)))
                .forEach(problems::report);
    }

    /** After an error, a name that is never used is no news. */
    private static List<Problem> problemsOf(Definition definition, Declarations declarations) {
        var problems = new Problems();
        Placement.check(definition, problems);
        NameResolution.check(declarations, definition, problems);
        return problems.sorted().stream()
                .filter(problem -> !problems.hasErrors() || problem.severity() == Severity.ERROR)
                .toList();
    }

    private static boolean isSame(Problem a, Problem b) {
        return a.code() == b.code() && a.primary().span().equals(b.primary().span());
    }
}
