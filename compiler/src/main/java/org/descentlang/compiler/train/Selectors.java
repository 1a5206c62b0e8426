package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Statement.Role;
import org.descentlang.compiler.ast.Statement.Selector;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.model.ParameterSpec;

/** Which parameters `bias`, `head.*` or `*.dense.w` mean. */
final class Selectors {
    private Selectors() {}

    static boolean matches(Selector selector, ParameterSpec parameter) {
        return matches(selector, parameter.path(), parameter.role());
    }

    static boolean matches(List<Selector> selectors, ParameterSpec parameter) {
        return selectors.stream().anyMatch(selector -> matches(selector, parameter));
    }

    /** Whether running state, which has no role, lies under one of the paths. */
    static boolean matchesPath(List<Selector> selectors, String path) {
        return selectors.stream().anyMatch(selector -> matches(selector.text(), path));
    }

    /** A selector that is written where a rule is used must match something. */
    static void check(
            List<Selector> selectors, List<ParameterSpec> parameters, List<String> running, Problems problems) {
        for (Selector selector : selectors) {
            boolean matched = parameters.stream().anyMatch(parameter -> matches(selector, parameter))
                    || matchesPath(List.of(selector), running);
            if (!matched) {
                problems.report(unmatched(selector, parameters));
            }
        }
    }

    private static boolean matchesPath(List<Selector> selectors, List<String> paths) {
        return paths.stream().anyMatch(path -> matchesPath(selectors, path));
    }

    private static boolean matches(Selector selector, String path, Role role) {
        return selector.text().equals(role.keyword()) || matches(selector.text(), path);
    }

    /** `*` stands for one or more parts of a path. */
    private static boolean matches(String pattern, String path) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(path);
        }
        String[] parts = path.split("\\.");
        boolean[] reached = new boolean[parts.length + 1]; // how many parts what is done of the pattern may stand for
        reached[0] = true;
        for (String wanted : pattern.split("\\.")) {
            var next = new boolean[reached.length];
            for (int i = 1; i < next.length; i++) {
                next[i] = wanted.equals("*")
                        ? reached[i - 1] || next[i - 1]
                        : reached[i - 1] && wanted.equals(parts[i - 1]);
            }
            reached = next;
        }
        return reached[parts.length];
    }

    private static Problem unmatched(Selector selector, List<ParameterSpec> parameters) {
        var known = new ArrayList<String>();
        parameters.forEach(parameter -> {
            known.add(parameter.path());
            known.add(parameter.role().keyword());
        });
        boolean isFolder =
                parameters.stream().anyMatch(parameter -> parameter.path().startsWith(selector.text() + "."));
        String meant = isFolder
                ? "; did you mean `" + selector.text() + ".*`?"
                : Suggestion.didYouMean(selector.text(), known);
        String paths = parameters.stream()
                .limit(6)
                .map(parameter -> "`" + parameter.path() + "`")
                .collect(Collectors.joining(", "));
        Problem problem = Problem.at(
                selector.span(), Code.UNMATCHED_SELECTOR, "`" + selector.text() + "` matches no parameter" + meant);
        return parameters.isEmpty()
                ? problem
                : problem.label("the parameters are " + paths + (parameters.size() > 6 ? ", …" : ""));
    }
}
