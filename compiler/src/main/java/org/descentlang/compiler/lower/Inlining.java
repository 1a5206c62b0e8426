package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
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
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.Range;

/** Evaluates a definition's body with arguments in place. */
final class Inlining {
    private final ExpressionLowering lowering;
    private final Elaboration elaboration;
    private final Types types;

    Inlining(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
        this.types = new Types(lowering);
    }

    Types types() {
        return types;
    }

    /**
     * @param caller the scope of the call
     * @param shared whether the parameters may be there already, from an earlier use of the same layer
     */
    Value inline(
            Definition definition,
            Map<String, Value.Given> given,
            Place place,
            Scope caller,
            boolean shared,
            Span call) {
        if (!elaboration.enter(call)) {
            return Value.FAILURE;
        }
        try {
            Scope scope = elaboration.scope(place);
            scope.calledFrom(caller, definition.kind(), shared);
            if (definition.kind() == Kind.LAYER && elaboration.isFrozen(place.path())) {
                scope.freeze();
            }
            if (!bind(definition, given, scope)) {
                return Value.FAILURE;
            }
            int first = elaboration.builder().size();
            Value result = new StatementLowering(lowering, types).body(definition, scope);
            note(definition, scope, place, result, first, call);
            var callersNames = new HashMap<String, Tag>();
            given.forEach(
                    (parameter, argument) -> argument.name().ifPresent(name -> callersNames.put(parameter, name)));
            return new Leaving(scope, callersNames).seen(result);
        } finally {
            elaboration.leave();
        }
    }

    /** Values first, because the shapes of tensors may mention them. */
    boolean bind(Definition definition, Map<String, Value.Given> given, Scope scope) {
        boolean good = true;
        for (Parameter parameter : definition.parameters()) {
            if (!Arguments.isTensor(parameter)) {
                good &= bindValue(definition, parameter, given, scope);
            }
        }
        var requirements = new Requirements(definition, elaboration);
        good &= requirements.hold(scope::given);
        for (Parameter parameter : definition.parameters()) {
            if (good && parameter.type().orElse(null) instanceof TypeExpression.Tensor type) {
                good = bindTensor(definition, parameter, type, given, scope);
            }
        }
        return good && requirements.hold(name -> scope.given(name).or(() -> size(name, definition, scope)));
    }

    /** The size of an axis of an argument, as far as it is known. */
    private static Optional<Value.Given> size(String name, Definition definition, Scope scope) {
        return scope.dimension(name).map(dimension -> new Value.Given(Names.size(dimension), definition.span(), true));
    }

    private boolean bindValue(Definition definition, Parameter parameter, Map<String, Value.Given> given, Scope scope) {
        Value.Given argument = argument(parameter, given, scope);
        if (!isOfItsKind(definition, parameter, argument)) {
            return false;
        }
        Value value = argument.value();
        String name = parameter.name().text();
        if (value instanceof Value.Number number && number.runtime().isPresent()) {
            elaboration.require(number, Requirements.range(definition, name));
        } else if (value instanceof Value.Number number && hasHyperparameters(definition)) {
            argument = hyperparameter(definition, name, argument, number, scope);
        }
        scope.bind(name, argument.value());
        scope.given(name, argument);
        return !(value instanceof Value.Failure);
    }

    /** A default or a requirement tells numbers from `true` and `false`. */
    private boolean isOfItsKind(Definition definition, Parameter parameter, Value.Given argument) {
        Optional<Expression> initial = parameter.initial();
        boolean isTruth = initial.filter(Expression.Truth.class::isInstance).isPresent();
        boolean isNumber = initial.filter(Expression.Number.class::isInstance).isPresent()
                || !Requirements.range(definition, parameter.name().text()).equals(Range.ANY);
        boolean wrong = isNumber && argument.value() instanceof Value.Truth
                || isTruth && argument.value() instanceof Value.Number;
        if (wrong) {
            elaboration.report(Problem.at(
                    argument.span(),
                    Code.WRONG_VALUE,
                    "`%s` of `%s` must be %s, not %s"
                            .formatted(
                                    parameter.name(),
                                    definition.name(),
                                    isTruth ? "`true` or `false`" : "a number",
                                    Values.describe(argument.value()))));
        }
        return !wrong;
    }

    private static boolean hasHyperparameters(Definition definition) {
        return definition.kind() == Kind.LAYER || definition.kind() == Kind.LOSS;
    }

    private Value.Given hyperparameter(
            Definition definition, String name, Value.Given argument, Value.Number number, Scope scope) {
        String path = path(definition, name, scope);
        var declared = new Hyperparameter(
                path,
                name,
                number.value(),
                argument.defaulted(),
                argument.span(),
                Requirements.range(definition, name));
        Value value = elaboration.hyperparameter(declared, number.written());
        Optional<Span> override = elaboration.overrides().place(path);
        return new Value.Given(value, override.orElse(argument.span()), argument.defaulted() && override.isEmpty());
    }

    /** Two losses with a `delta` have `loss.delta` and `loss.delta_2`. */
    private String path(Definition definition, String name, Scope scope) {
        String path = scope.place().join(name);
        return definition.kind() == Kind.LAYER ? path : elaboration.unique(path);
    }

    private boolean bindTensor(
            Definition definition,
            Parameter parameter,
            TypeExpression.Tensor type,
            Map<String, Value.Given> given,
            Scope scope) {
        Value.Given argument = argument(parameter, given, scope);
        String what = "`" + parameter.name() + "` of `" + definition.name() + "`";
        Optional<Value.Tensor> bound =
                tensor(argument, type, what).flatMap(t -> types.match(type, t, argument.span(), what, scope));
        bound.ifPresent(t -> scope.bind(parameter.name().text(), t));
        return bound.isPresent();
    }

    private Optional<Value.Tensor> tensor(Value.Given argument, TypeExpression.Tensor type, String what) {
        ElementType wanted = type.element().text().equals("i32") ? ElementType.I32 : ElementType.F32;
        Optional<Value.Tensor> tensor = lowering.elementwise().constant(argument.value(), wanted);
        if (tensor.isEmpty() && !Values.isFailed(argument.value())) {
            elaboration.report(Problem.at(
                    argument.span(),
                    Code.WRONG_VALUE,
                    what + " must be a tensor, not " + Values.describe(argument.value())));
        }
        return tensor;
    }

    private Value.Given argument(Parameter parameter, Map<String, Value.Given> given, Scope scope) {
        Value.Given argument = given.get(parameter.name().text());
        if (argument != null) {
            return argument;
        }
        return parameter
                .initial()
                .map(initial -> new Value.Given(lowering.evaluate(initial, scope), initial.span(), true))
                .orElseGet(() -> new Value.Given(Value.FAILURE, parameter.span(), true));
    }

    /** @param first its first instruction */
    private void note(Definition definition, Scope scope, Place place, Value result, int first, Span call) {
        if (definition.kind() != Kind.LAYER || result instanceof Value.Failure) {
            return;
        }
        var settings = new ArrayList<ModelSpec.Argument>();
        for (Parameter parameter : definition.parameters()) {
            String name = parameter.name().text();
            scope.given(name)
                    .filter(_ -> !Arguments.isTensor(parameter))
                    .ifPresent(given -> settings.add(given.named(name)));
        }
        String type = result instanceof Value.Tensor tensor ? tensor.type().toString() : Values.describe(result);
        elaboration
                .registry()
                .add(new ModelSpec.LayerUse(
                        place.path(),
                        definition.name().text(),
                        List.copyOf(settings),
                        type,
                        elaboration.builder().multiplyAdds(first),
                        call));
    }
}
