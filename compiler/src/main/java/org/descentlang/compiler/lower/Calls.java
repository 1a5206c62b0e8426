package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Declaration.Parameter;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.NumberText;

/** Calls by name: a definition's body is evaluated in place of the call, a primitive is looked up in its table. */
public final class Calls {
    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final Arguments arguments;
    private final Reductions reductions;
    private final Primitives primitives;
    private final Inlining inlining;

    Calls(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.arguments = new Arguments(elaboration);
        this.reductions = new Reductions(lowering);
        this.primitives = new Primitives(lowering, arguments, reductions);
        this.inlining = new Inlining(lowering);
    }

    Reductions reductions() {
        return reductions;
    }

    Primitives primitives() {
        return primitives;
    }

    Inlining inlining() {
        return inlining;
    }

    /** A name before `(` means a value here that can be applied, then a definition, then a primitive. */
    Value call(Expression.Call call, Scope scope) {
        Optional<Value> local = scope.value(call.callee().text());
        return local.filter(Calls::canBeApplied)
                .map(value -> applyValue(value, call, scope))
                .or(() -> global(call.callee(), call, scope))
                .or(() -> local.map(value -> applyValue(value, call, scope)))
                .orElseGet(() -> unknown(call.callee(), scope));
    }

    private static boolean canBeApplied(Value value) {
        return value instanceof Value.Instance || value instanceof Value.Symbol;
    }

    /** Initialisers come first for a parameter's initial values, and last elsewhere: `zeros` is a function too. */
    private Optional<Value> global(Name callee, Expression.Call call, Scope scope) {
        Optional<Definition> definition = Optional.of(List.of(Kind.INIT))
                .filter(_ -> scope.isInitial())
                .flatMap(kinds -> elaboration.declarations().definition(kinds, callee))
                .or(() -> elaboration.declarations().definition(scope.callable(), callee));
        boolean primitive = Primitives.names().contains(callee.text());
        if (definition.isPresent() && !(primitive && definition.get().kind() == Kind.INIT && !scope.isInitial())) {
            return Optional.of(apply(definition.get(), call, scope));
        }
        return primitive ? Optional.of(primitives.call(callee.text(), call, scope)) : Optional.empty();
    }

    private Value applyValue(Value value, Expression.Call call, Scope scope) {
        return switch (value) {
            case Value.Instance instance -> applyInstance(instance, call, scope);
            case Value.Symbol symbol ->
                global(symbol.name(), call, scope).orElseGet(() -> unknown(symbol.name(), scope));
            case Value.Failure failure -> failure;
            case Value.Tensor _,
                    Value.Tensors _,
                    Value.Number _,
                    Value.Size _,
                    Value.Truth _,
                    Value.Text _,
                    Value.Length _,
                    Value.Array _,
                    Value.Tuple _,
                    Value.WaitingInitializer _,
                    Value.Start _ ->
                elaboration.fail(Problem.at(
                        call.callee().span(),
                        Code.WRONG_KIND,
                        "`" + call.callee() + "` is " + Values.describe(value) + " and cannot be called"));
        };
    }

    private Value unknown(Name name, Scope scope) {
        for (Kind kind : Kind.values()) {
            if (elaboration.declarations().definition(kind, name.text()).isPresent()) {
                return elaboration.fail(Problem.at(
                        name.span(), Code.WRONG_KIND, "`" + name + "` is " + article(kind) + ", not a value"));
            }
        }
        var known = new ArrayList<>(elaboration.declarations().names(scope.callable()));
        known.addAll(Primitives.names());
        return elaboration.fail(Problem.at(
                name.span(),
                Code.UNKNOWN_NAME,
                "there is no function or layer `" + name + "`" + Suggestion.didYouMean(name.text(), known)));
    }

    private static String article(Kind kind) {
        return (kind == Kind.OPTIMIZER || kind == Kind.INIT ? "an " : "a ") + kind.keyword();
    }

    private Value apply(Definition definition, Expression.Call call, Scope scope) {
        if (definition.kind() == Kind.INIT && !scope.isInitial()) {
            return new Value.WaitingInitializer(call, scope.copy());
        }
        Optional<Arguments.Assigned> assigned = arguments.assign(definition.name(), Arguments.order(definition), call);
        if (assigned.isEmpty()) {
            return Value.FAILURE;
        }
        if (isInstance(definition, assigned.get())) {
            return instance(definition, assigned.get(), call, scope);
        }
        if (!arguments.complete(definition, assigned.get().named().keySet(), call)) {
            return Value.FAILURE;
        }
        return evaluate(definition, assigned.get(), scope)
                .map(given -> inlining.inline(definition, given, place(definition, scope), scope, false, call.span()))
                .orElse(Value.FAILURE);
    }

    /** Taken after the arguments are evaluated, so that `x |> dense(4) |> dense(2)` has `dense` before `dense_2`. */
    private static Place place(Definition definition, Scope scope) {
        return definition.kind() == Kind.LAYER
                ? scope.place().fresh(definition.name().text(), scope.index())
                : scope.place();
    }

    /** A layer that is given everything but its tensors waits for them. */
    private static boolean isInstance(Definition definition, Arguments.Assigned assigned) {
        return definition.kind() == Kind.LAYER
                && definition.parameters().stream()
                        .filter(Arguments::isTensor)
                        .noneMatch(p -> assigned.named().containsKey(p.name().text()));
    }

    private Value instance(Definition layer, Arguments.Assigned assigned, Expression.Call call, Scope scope) {
        return evaluate(layer, assigned, scope)
                .<Value>map(given -> new Value.Instance(layer, given, place(layer, scope), call.span()))
                .orElse(Value.FAILURE);
    }

    private Value applyInstance(Value.Instance instance, Expression.Call call, Scope scope) {
        Definition layer = instance.layer();
        List<String> tensors = Arguments.order(layer).stream()
                .filter(name -> !instance.arguments().containsKey(name))
                .toList();
        Optional<Arguments.Assigned> assigned = arguments.assign(call.callee(), tensors, call);
        Optional<Map<String, Value.Given>> given = assigned.flatMap(a -> evaluate(layer, a, scope));
        if (given.isEmpty()) {
            return Value.FAILURE;
        }
        var all = new LinkedHashMap<>(instance.arguments());
        all.putAll(given.get());
        boolean shared = !elaboration.claim("use of " + instance.place().path());
        return arguments.complete(layer, all.keySet(), call)
                ? inlining.inline(layer, all, instance.place().again(), scope, shared, call.span())
                : Value.FAILURE;
    }

    /**
     * The arguments of a call of a definition, evaluated in the caller's scope; parameters that are left out are
     * missing. Empty if something was reported. For rules, clips and schedules too.
     */
    public Optional<Map<String, Value.Given>> evaluate(Definition definition, Expression.Call call, Scope scope) {
        return arguments
                .assign(definition.name(), Arguments.order(definition), call)
                .filter(assigned ->
                        arguments.complete(definition, assigned.named().keySet(), call))
                .flatMap(assigned -> evaluate(definition, assigned, scope));
    }

    private Optional<Map<String, Value.Given>> evaluate(
            Definition definition, Arguments.Assigned assigned, Scope scope) {
        var given = new LinkedHashMap<String, Value.Given>();
        boolean good = true;
        for (Parameter parameter : definition.parameters()) {
            Expression expression = assigned.named().get(parameter.name().text());
            if (expression != null) {
                Value value = lowering.evaluate(expression, scope);
                good &= !(value instanceof Value.Failure)
                        && isDuration(definition, parameter, value, expression.span());
                given.put(
                        parameter.name().text(),
                        new Value.Given(value, expression.span(), false, name(expression, scope)));
            }
        }
        return good ? Optional.of(given) : Optional.empty();
    }

    private static Optional<Tag> name(Expression expression, Scope scope) {
        return expression instanceof Expression.Reference(var name)
                ? Optional.of(scope.tag(name.text()))
                : Optional.empty();
    }

    /** A duration has its unit written, whatever the number. */
    private boolean isDuration(Definition definition, Parameter parameter, Value value, Span place) {
        boolean wanted =
                parameter.type().filter(t -> t instanceof TypeExpression.Named).isPresent();
        boolean listed = value instanceof Value.Array(var elements)
                && elements.stream().allMatch(element -> element instanceof Value.Length);
        if (!wanted || listed || value instanceof Value.Length) {
            return true;
        }
        Problem problem = Problem.at(
                place,
                Code.DURATION_UNIT,
                "`" + parameter.name() + "` of `" + definition.name() + "` must be a duration, not "
                        + Values.describe(value));
        elaboration.report(
                value instanceof Value.Number number
                        ? problem.help("write `" + NumberText.of(number.value()) + " steps` or another unit")
                        : problem);
        return false;
    }
}
