package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Declaration.Parameter;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.lower.Elaboration;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.lower.Place;
import org.descentlang.compiler.lower.Requirements;
import org.descentlang.compiler.lower.Value;
import org.descentlang.compiler.lower.Values;

/** The pieces of `a then b then c`, each with its arguments. */
final class SegmentBinding {
    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final Durations durations;

    SegmentBinding(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.durations = new Durations(lowering);
    }

    /** Empty if one of them is wrong. */
    Optional<List<SegmentUse>> bind(Expression schedule) {
        var uses = new ArrayList<SegmentUse>();
        boolean good = true;
        for (Expression piece : pieces(schedule)) {
            Optional<SegmentUse> use = bindOne(piece);
            use.ifPresent(uses::add);
            good &= use.isPresent();
        }
        return good ? Optional.of(uses) : Optional.empty();
    }

    private static List<Expression> pieces(Expression schedule) {
        var pieces = new ArrayList<Expression>();
        Expression rest = schedule;
        while (rest instanceof Expression.Then(var first, var second, var _)) {
            pieces.addFirst(second);
            rest = first;
        }
        pieces.addFirst(rest);
        return pieces;
    }

    private Optional<SegmentUse> bindOne(Expression piece) {
        return switch (piece) {
            case Expression.Call call -> bindCall(call);
            case Expression.Reference(var name) -> bindCall(new Expression.Call(name, List.of(), false, name.span()));
            default -> {
                Problem problem =
                        Problem.at(piece.span(), Code.WRONG_VALUE, "expected a schedule, such as `cosine(to = 0)`");
                elaboration.report(
                        piece instanceof Expression.Binary ? problem.help("join schedules with `then`") : problem);
                yield Optional.empty();
            }
        };
    }

    private Optional<SegmentUse> bindCall(Expression.Call call) {
        String name = call.callee().text();
        Optional<Definition> definition = elaboration.declarations().definition(Kind.SCHEDULE, name);
        if (definition.isEmpty()) {
            var known = elaboration.declarations().names(Kind.SCHEDULE);
            elaboration.report(Problem.at(
                    call.callee().span(),
                    Code.UNKNOWN_NAME,
                    "there is no schedule `" + name + "`" + Suggestion.didYouMean(name, known)));
            return Optional.empty();
        }
        return lowering.calls()
                .evaluate(definition.get(), call, elaboration.scope(new Place("")))
                .flatMap(given -> use(definition.get(), given, call));
    }

    private Optional<SegmentUse> use(Definition definition, Map<String, Value.Given> given, Expression.Call call) {
        Map<String, Value.Given> arguments = new LinkedHashMap<>();
        boolean good = true;
        for (Parameter parameter : definition.parameters()) {
            String name = parameter.name().text();
            Value.Given argument = given.containsKey(name) ? given.get(name) : byDefault(parameter, call);
            arguments.put(name, argument);
            good &= isDuration(parameter) ? areDurations(argument) : isConstant(argument, name);
        }
        good &= new Requirements(definition, elaboration).hold(name -> Optional.ofNullable(arguments.get(name)));
        return good ? Optional.of(new SegmentUse(definition, arguments, call)) : Optional.empty();
    }

    private Value.Given byDefault(Parameter parameter, Expression.Call call) {
        Value value = parameter
                .initial()
                .map(initial -> lowering.evaluate(initial, elaboration.scope(new Place(""))))
                .orElse(Value.FAILURE);
        return new Value.Given(value, call.span(), true);
    }

    /** One duration or a list of them. */
    private boolean areDurations(Value.Given argument) {
        List<Value> values =
                argument.value() instanceof Value.Array(var elements) ? elements : List.of(argument.value());
        boolean good = true;
        for (Value value : values) {
            good &= durations.ofUpdates(value, argument.span()).isPresent();
        }
        return good;
    }

    private boolean isConstant(Value.Given argument, String name) {
        boolean good = argument.value() instanceof Value.Number || argument.value() instanceof Value.Truth;
        if (!good && !(argument.value() instanceof Value.Failure)) {
            elaboration.report(Problem.at(
                    argument.span(),
                    Code.WRONG_VALUE,
                    "`" + name + "` must be a number, not " + Values.describe(argument.value())));
        }
        return good;
    }

    private static boolean isDuration(Parameter parameter) {
        return parameter.type().stream()
                .anyMatch(type -> type instanceof TypeExpression.Named(var name)
                        && name.text().equals("duration"));
    }
}
