package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Statement;
import org.descentlang.compiler.ast.Statement.ForParameters;
import org.descentlang.compiler.ast.Statement.Selector;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.model.ParameterSpec;

/**
 * The numbers of an update rule and which parameters have others: `for bias { … }` in the rule goes before the rule's
 * arguments, and where the rule is used before both.
 */
final class RuleSettings {
    private final Map<String, Setting> base;
    private final List<Override> ofRule;
    private final List<Override> ofUse;
    private final Problems problems;
    private final Set<String> labels = new HashSet<>();
    private final Set<Setting> conflicts = new HashSet<>();

    private record Override(List<Selector> selectors, Map<String, Setting> numbers) {}

    /**
     * @param base the rule's arguments that are numbers
     * @param number a constant's value, reported if it has none
     */
    RuleSettings(
            Map<String, Setting> base,
            List<Statement> rule,
            List<Statement> use,
            Function<Expression, Optional<Value.Number>> number,
            Problems problems) {
        this.base = base;
        this.problems = problems;
        this.ofRule = overrides(rule, number, true);
        this.ofUse = overrides(use, number, false);
    }

    Map<String, Setting> of(ParameterSpec parameter) {
        var numbers = new LinkedHashMap<>(base);
        apply(ofRule, parameter, numbers);
        apply(ofUse, parameter, numbers);
        return numbers;
    }

    private void apply(List<Override> overrides, ParameterSpec parameter, Map<String, Setting> numbers) {
        Map<String, Setting> decided = new LinkedHashMap<>();
        for (Override override : overrides) {
            if (Selectors.matches(override.selectors(), parameter)) {
                override.numbers().forEach((name, setting) -> {
                    Setting earlier = decided.putIfAbsent(name, setting);
                    if (earlier != null
                            && earlier.number().value() != setting.number().value()) {
                        conflict(parameter, earlier, setting);
                    }
                });
            }
        }
        numbers.putAll(decided);
    }

    private void conflict(ParameterSpec parameter, Setting earlier, Setting later) {
        if (conflicts.add(later)) {
            problems.report(Problem.at(
                            later.span(),
                            Code.CONFLICTING_SELECTORS,
                            "two selectors give `%s` of `%s` different values"
                                    .formatted(later.name(), parameter.path()))
                    .also(earlier.span(), "the other one"));
        }
    }

    private List<Override> overrides(
            List<Statement> statements, Function<Expression, Optional<Value.Number>> number, boolean defaulted) {
        var overrides = new ArrayList<Override>();
        for (Statement statement : statements) {
            if (statement instanceof ForParameters group) {
                overrides.add(override(group, number, defaulted));
            }
        }
        return overrides;
    }

    private Override override(
            ForParameters group, Function<Expression, Optional<Value.Number>> number, boolean defaulted) {
        String label = label(group.selectors());
        Map<String, Setting> numbers = new LinkedHashMap<>();
        for (Expression.Binding binding : group.settings()) {
            String name = binding.name().text();
            if (!base.containsKey(name)) {
                problems.report(Problem.at(
                        binding.name().span(),
                        Code.UNKNOWN_ARGUMENT,
                        "the rule has no number `%s`%s".formatted(name, Suggestion.didYouMean(name, base.keySet()))));
                continue;
            }
            number.apply(binding.value()).ifPresent(value -> {
                String path = "optimizer." + label + "." + name;
                numbers.put(
                        name,
                        new Setting(
                                path, name, value, defaulted, binding.value().span(), label));
            });
        }
        return new Override(group.selectors(), numbers);
    }

    /** `head` for `head.*`, `bias_gain` for `bias, gain`; never twice the same. */
    private String label(List<Selector> selectors) {
        String label = selectors.stream()
                .map(selector -> selector.text().replaceFirst("\\.\\*$", ""))
                .collect(Collectors.joining("_"));
        String unique = label;
        for (int i = 2; !labels.add(unique); i++) {
            unique = label + "_" + i;
        }
        return unique;
    }
}
