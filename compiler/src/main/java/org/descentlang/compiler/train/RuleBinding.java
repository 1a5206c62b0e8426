package org.descentlang.compiler.train;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Declaration.Parameter;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.lower.Values;

/** `adamw(lr = 3e-4)` and `global_norm(1.0)`: which rule with which numbers. */
final class RuleBinding {
    /** Methods that look at the whole parameter vector or call the loss again. */
    private static final Set<String> RUN_BY_THE_RUNTIME =
            Set.of("lbfgs", "conjugate_gradient", "newton", "natural_gradient", "coordinate_descent");

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final Set<String> paths = new HashSet<>();

    RuleBinding(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
    }

    Optional<RuleUse> optimizer(Expression.Call call) {
        return bind(Kind.OPTIMIZER, call, "optimizer");
    }

    Optional<RuleUse> clip(Expression.Call call) {
        String path = "clip." + call.callee().text();
        String unique = path;
        for (int i = 2; !paths.add(unique); i++) {
            unique = path + "_" + i;
        }
        return bind(Kind.CLIP, call, unique);
    }

    private Optional<RuleUse> bind(Kind kind, Expression.Call call, String path) {
        return definition(kind, call)
                .flatMap(definition -> lowering.calls()
                        .evaluate(definition, call, elaboration.scope(new Place("")))
                        .flatMap(given -> use(definition, given, call, path)));
    }

    private Optional<Definition> definition(Kind kind, Expression.Call call) {
        String name = call.callee().text();
        Optional<Definition> definition = elaboration.declarations().definition(kind, name);
        if (definition.isEmpty() && kind == Kind.OPTIMIZER && RUN_BY_THE_RUNTIME.contains(name)) {
            elaboration.report(Problem.at(
                    call.callee().span(), Code.NOT_SUPPORTED, "the optimizer `" + name + "` is not supported yet"));
        } else if (definition.isEmpty()) {
            var known = elaboration.declarations().names(kind);
            elaboration.report(Problem.at(
                    call.callee().span(),
                    Code.UNKNOWN_NAME,
                    "there is no %s `%s`%s".formatted(kind.keyword(), name, meant(name, known))));
        }
        return definition;
    }

    /** What else has the name, or what is spelt nearly so. */
    private String meant(String name, Set<String> known) {
        return Arrays.stream(Kind.values())
                .filter(kind ->
                        elaboration.declarations().definition(kind, name).isPresent())
                .findFirst()
                .map(kind -> "; `%s` is the name of %s %s"
                        .formatted(name, kind == Kind.OPTIMIZER || kind == Kind.INIT ? "an" : "a", kind.keyword()))
                .orElseGet(() -> Suggestion.didYouMean(name, known));
    }

    private Optional<RuleUse> use(
            Definition definition, Map<String, Value.Given> given, Expression.Call call, String path) {
        Map<String, Setting> numbers = new LinkedHashMap<>();
        Map<String, Value.Given> choices = new LinkedHashMap<>();
        boolean good = true;
        for (Parameter parameter : definition.parameters()) {
            String name = parameter.name().text();
            Value.Given argument = argument(parameter, Optional.ofNullable(given.get(name)), call);
            switch (argument.value()) {
                case Value.Number number ->
                    numbers.put(
                            name,
                            new Setting(path + "." + name, name, number, argument.defaulted(), argument.span(), ""));
                case Value.Truth _ -> choices.put(name, argument);
                default -> good = false;
            }
        }
        return good ? Optional.of(new RuleUse(definition, call.span(), numbers, choices)) : Optional.empty();
    }

    /** A number or a truth; what a default is, an argument must be. */
    private Value.Given argument(Parameter parameter, Optional<Value.Given> written, Expression.Call call) {
        Optional<Value> normal =
                parameter.initial().map(initial -> lowering.evaluate(initial, elaboration.scope(new Place(""))));
        if (written.isEmpty()) {
            return new Value.Given(normal.orElse(Value.FAILURE), call.span(), true);
        }
        boolean truth = normal.filter(value -> value instanceof Value.Truth).isPresent();
        Value value = written.get().value();
        if (truth ? value instanceof Value.Truth : value instanceof Value.Number) {
            return written.get();
        }
        elaboration.report(Problem.at(
                written.get().span(),
                Code.WRONG_VALUE,
                "`" + parameter.name() + "` must be " + (truth ? "`true` or `false`" : "a number") + ", not "
                        + Values.describe(value)));
        return new Value.Given(Value.FAILURE, written.get().span(), false);
    }
}
