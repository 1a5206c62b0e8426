package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.source.Span;

/** Which hyperparameters a schedule drives: `lr` in every group of the optimizer, or one by its path. */
final class ScheduleTargets {
    private static final String OPTIMIZER = "optimizer.";

    private final List<Hyperparameter> hyperparameters;
    private final Problems problems;
    private final Map<String, Span> driven = new HashMap<>();

    ScheduleTargets(List<Hyperparameter> hyperparameters, Problems problems) {
        this.hyperparameters = hyperparameters;
        this.problems = problems;
    }

    /** Empty if something was reported. */
    List<Hyperparameter> resolve(List<Name> target) {
        String text = target.stream().map(Name::text).collect(Collectors.joining("."));
        Span span = target.getFirst().span().to(target.getLast().span());
        List<Hyperparameter> found = target.size() == 1 ? named(text, span) : withPath(text);
        if (found.isEmpty()) {
            var known = new ArrayList<String>();
            hyperparameters.forEach(hyperparameter -> {
                known.add(hyperparameter.name());
                known.add(hyperparameter.path());
            });
            problems.report(Problem.at(
                    span,
                    Code.UNKNOWN_NAME,
                    "there is no number `%s` to schedule%s".formatted(text, Suggestion.didYouMean(text, known))));
        }
        return once(found, span) ? found : List.of();
    }

    private List<Hyperparameter> withPath(String path) {
        return hyperparameters.stream()
                .filter(hyperparameter -> hyperparameter.path().equals(path))
                .toList();
    }

    /** The optimizer's numbers go first; elsewhere a name must be the only one. */
    private List<Hyperparameter> named(String name, Span span) {
        List<Hyperparameter> all = hyperparameters.stream()
                .filter(hyperparameter -> hyperparameter.name().equals(name))
                .toList();
        List<Hyperparameter> ofRule = all.stream()
                .filter(hyperparameter -> hyperparameter.path().startsWith(OPTIMIZER))
                .toList();
        if (!ofRule.isEmpty() || all.size() < 2) {
            return ofRule.isEmpty() ? all : ofRule;
        }
        String paths = all.stream().map(h -> "`" + h.path() + "`").collect(Collectors.joining(", "));
        problems.report(
                Problem.at(span, Code.AMBIGUOUS_TARGET, "`%s` is ambiguous: it may be %s".formatted(name, paths)));
        return all.subList(0, 1);
    }

    private boolean once(List<Hyperparameter> found, Span span) {
        for (Hyperparameter hyperparameter : found) {
            Span first = driven.putIfAbsent(hyperparameter.path(), span);
            if (first != null) {
                problems.report(Problem.at(
                                span,
                                Code.DUPLICATE_CLAUSE,
                                "`%s` already has a schedule".formatted(hyperparameter.path()))
                        .also(first, "the first one"));
                return false;
            }
        }
        return true;
    }
}
