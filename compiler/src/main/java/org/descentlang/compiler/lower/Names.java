package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.Statement.Role;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.Duration;

/** What a name stands for when it is used as a value. */
final class Names {
    private static final Map<String, Value> CONSTANTS = Map.of(
            "pi", Value.Number.of(Math.PI), "π", Value.Number.of(Math.PI), "rest", new Value.Length(Duration.REST));
    private static final Map<String, Role> ROLES =
            Arrays.stream(Role.values()).collect(Collectors.toMap(Names::plural, role -> role));

    private final Elaboration elaboration;

    Names(Elaboration elaboration) {
        this.elaboration = elaboration;
    }

    Value reference(Name name, Scope scope) {
        return scope.value(name.text())
                .or(() -> scope.dimension(name.text()).map(Names::size))
                .or(() -> role(name, scope))
                .or(() -> subtree(name.text(), scope))
                .or(() -> Optional.ofNullable(CONSTANTS.get(name.text())))
                .or(() -> training(name, scope))
                .or(() -> symbol(name, scope))
                .or(() -> none(name))
                .orElseGet(() -> unknown(name, scope));
    }

    /** `body.dense.w`, all below `body.dense`, or a number such as `body.dropout.rate`. */
    Value path(Expression.Path path, Scope scope) {
        String text = path.parts().stream().map(Name::text).collect(Collectors.joining("."));
        return scope.value(text)
                .or(() -> subtree(text, scope))
                .or(() -> hyperparameter(text, scope))
                .orElseGet(() -> unknownPath(path, text, scope));
    }

    private Value unknownPath(Expression.Path path, String text, Scope scope) {
        var known = new ArrayList<String>();
        if (scope.seesWholeModel()) {
            elaboration.registry().parameters().forEach(p -> known.add(p.path()));
            elaboration.registry().hyperparameters().forEach(p -> known.add(p.path()));
        }
        String title = "nothing here has the path `" + text + "`" + Suggestion.didYouMean(text, known);
        return elaboration.fail(Problem.at(path.span(), Code.UNKNOWN_NAME, title));
    }

    /** A size, and where it was written. */
    static Value size(Dimension dimension) {
        Value value = Sizes.value(dimension.dim());
        return value instanceof Value.Number number
                ? new Value.Number(number.value(), number.runtime(), dimension.written())
                : value;
    }

    private Optional<Value> training(Name name, Scope scope) {
        return name.text().equals("training")
                ? Optional.of(Value.Truth.of(elaboration.mode() == Mode.TRAINING && !scope.isFrozen()))
                : Optional.empty();
    }

    private Optional<Value> role(Name name, Scope scope) {
        Role role = ROLES.get(name.text());
        if (role == null || !scope.seesWholeModel()) {
            return Optional.empty();
        }
        List<Value.Tensor> members = elaboration.registry().parameters().stream()
                .filter(p -> p.role() == role)
                .map(this::read)
                .toList();
        return Optional.of(
                members.isEmpty()
                        ? elaboration.fail(Problem.at(
                                name.span(),
                                Code.UNKNOWN_NAME,
                                "the model has no parameter of role `" + role.keyword() + "`"))
                        : new Value.Tensors(members));
    }

    private Optional<Value> subtree(String path, Scope scope) {
        if (!scope.seesWholeModel()) {
            return Optional.empty();
        }
        List<Value.Tensor> members = elaboration.registry().parameters().stream()
                .filter(p -> p.path().equals(path) || p.path().startsWith(path + "."))
                .map(this::read)
                .toList();
        boolean single =
                members.size() == 1 && elaboration.registry().parameter(path).isPresent();
        if (single) {
            return Optional.of(members.getFirst());
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(new Value.Tensors(members));
    }

    private Optional<Value> hyperparameter(String path, Scope scope) {
        return elaboration.registry().hyperparameters().stream()
                .filter(h -> scope.seesWholeModel() && h.path().equals(path))
                .findFirst()
                .map(h -> elaboration.hyperparameter(h, Optional.empty()));
    }

    private Value.Tensor read(ParameterSpec parameter) {
        var type = TensorType.f32(parameter.shape());
        return Value.Tensor.of(elaboration.read(Op.Storage.PARAMETER, parameter.path(), type), type);
    }

    private Optional<Value> symbol(Name name, Scope scope) {
        boolean known =
                elaboration.declarations().definition(scope.callable(), name).isPresent()
                        || Primitives.names().contains(name.text());
        return known ? Optional.of(new Value.Symbol(name)) : Optional.empty();
    }

    /** What stands for an argument that is left out. */
    private static Optional<Value> none(Name name) {
        return Optional.<Value>of(new Value.Symbol(name)).filter(Values::isNone);
    }

    private Value unknown(Name name, Scope scope) {
        var known = new ArrayList<>(scope.names());
        known.addAll(elaboration.declarations().names(scope.callable()));
        known.addAll(List.of("true", "false"));
        if (scope.seesWholeModel()) {
            known.addAll(ROLES.keySet());
        }
        String title = "`" + name + "` is not declared"
                + meantRole(name, scope).orElseGet(() -> Suggestion.didYouMean(name.text(), known));
        return elaboration.fail(Problem.at(name.span(), Code.UNKNOWN_NAME, title));
    }

    /** Selectors say `bias`; all tensors of a role are `biases`. */
    private static Optional<String> meantRole(Name name, Scope scope) {
        return Arrays.stream(Role.values())
                .filter(role -> scope.seesWholeModel() && role.keyword().equals(name.text()))
                .map(role -> "; did you mean `" + plural(role) + "`, all parameters of that role?")
                .findFirst();
    }

    private static String plural(Role role) {
        return switch (role) {
            case WEIGHT -> "weights";
            case BIAS -> "biases";
            case GAIN -> "gains";
            case EMBEDDING -> "embeddings";
        };
    }
}
