package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Parameter;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.Argument;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;

/** Which argument of a call belongs to which parameter: by name, else in order, tensors first. */
final class Arguments {
    /** @param rest positional arguments beyond the named parameters, where a callee takes any number */
    record Assigned(Map<String, Expression> named, List<Expression> rest) {}

    /** Names of arguments in NumPy, PyTorch and Keras, by those of here. */
    private static final Map<String, Set<String>> ELSEWHERE = Map.of(
            "over", Set.of("axis", "dim"),
            "along", Set.of("axis", "dim"),
            "keep", Set.of("keepdims", "keepdim"),
            "rate", Set.of("p"),
            "units", Set.of("out_features", "features"),
            "classes", Set.of("num_classes", "depth"));

    private final Elaboration elaboration;

    Arguments(Elaboration elaboration) {
        this.elaboration = elaboration;
    }

    static boolean isTensor(Parameter parameter) {
        return parameter.type().filter(t -> t instanceof TypeExpression.Tensor).isPresent();
    }

    /** The order in which positional arguments are taken. */
    static List<String> order(Definition definition) {
        return definition.parameters().stream()
                .sorted(Comparator.comparing(p -> !isTensor(p)))
                .map(p -> p.name().text())
                .toList();
    }

    /** Of a definition, whose parameters may all be given by their order. Empty if something was reported. */
    Optional<Assigned> assign(Name callee, List<String> order, Expression.Call call) {
        return assign(callee, order, order, false, call);
    }

    /**
     * Empty if something was reported.
     *
     * @param names what may be given by name
     * @param order what may be given by its place
     * @param anyNumber whether more may follow
     */
    Optional<Assigned> assign(
            Name callee, List<String> names, List<String> order, boolean anyNumber, Expression.Call call) {
        var named = new LinkedHashMap<String, Expression>();
        var rest = new ArrayList<Expression>();
        boolean good = true;
        for (Argument argument : call.arguments()) {
            if (argument.name().isPresent()) {
                good &= putNamed(callee, names, argument.name().get(), argument.value(), named);
            }
        }
        for (Argument argument : call.arguments()) {
            if (argument.name().isEmpty()) {
                good &= putPositional(callee, order, anyNumber, argument.value(), named, rest);
            }
            if (!good) {
                return Optional.empty();
            }
        }
        return good ? Optional.of(new Assigned(named, rest)) : Optional.empty();
    }

    private boolean putNamed(
            Name callee, List<String> order, Name name, Expression value, Map<String, Expression> named) {
        if (!order.contains(name.text())) {
            String known = order.isEmpty() ? " has no arguments" : " has no argument `" + name + "`";
            return reported(Problem.at(
                    name.span(), Code.UNKNOWN_ARGUMENT, "`" + callee + "`" + known + meant(name.text(), order)));
        }
        if (named.putIfAbsent(name.text(), value) != null) {
            return reported(Problem.at(
                    name.span(), Code.DUPLICATE_ARGUMENT, "`" + name + "` of `" + callee + "` is given twice"));
        }
        return true;
    }

    /** What other systems call it, or what is spelt nearly so. */
    private static String meant(String name, List<String> order) {
        return order.stream()
                .filter(argument -> ELSEWHERE.getOrDefault(argument, Set.of()).contains(name))
                .findFirst()
                .map(argument -> "; did you mean `" + argument + "`?")
                .orElseGet(() -> Suggestion.didYouMean(name, order));
    }

    private boolean putPositional(
            Name callee,
            List<String> order,
            boolean anyNumber,
            Expression value,
            Map<String, Expression> named,
            List<Expression> rest) {
        for (String name : order) {
            if (!named.containsKey(name)) {
                named.put(name, value);
                return true;
            }
        }
        if (anyNumber) {
            rest.add(value);
            return true;
        }
        String takes = order.isEmpty() ? "no arguments" : "only `" + String.join("`, `", order) + "`";
        return reported(Problem.at(value.span(), Code.TOO_MANY_ARGUMENTS, "`" + callee + "` takes " + takes));
    }

    /** Whether every parameter without a default has its argument. */
    boolean complete(Definition definition, Set<String> given, Expression.Call call) {
        boolean complete = true;
        for (Parameter parameter : definition.parameters()) {
            String name = parameter.name().text();
            if (parameter.initial().isEmpty() && !given.contains(name)) {
                complete = missing(call, name);
            }
        }
        return complete;
    }

    boolean missing(Expression.Call call, String parameter) {
        return reported(Problem.at(
                call.callee().span(),
                Code.MISSING_ARGUMENT,
                "`" + call.callee() + "` needs the argument `" + parameter + "`"));
    }

    private boolean reported(Problem problem) {
        elaboration.report(problem);
        return false;
    }
}
