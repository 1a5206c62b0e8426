package org.descentlang.compiler.train;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.descentlang.compiler.ast.DataClause;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.type.ElementType;

/** Fields made in memory: `random y : i32[batch] label(10)`. */
final class RandomFieldLowering {
    private static final List<String> DISTRIBUTIONS = List.of("uniform", "normal", "label");

    private final Constants constants;
    private final FieldTypes types;

    RandomFieldLowering(Constants constants) {
        this.constants = constants;
        types = new FieldTypes(constants);
    }

    Optional<DataSpec.Field> lower(DataClause.RandomField field) {
        var content = random(field.distribution());
        var type = types.of(field.type());
        if (content.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        boolean label = content.get() instanceof DataSpec.Content.RandomLabels;
        if (label != (type.get().element() == ElementType.I32)) {
            constants.report(Problem.at(
                    field.type().span(), Code.WRONG_VALUE, label ? "random labels are i32" : "random numbers are f32"));
            return Optional.empty();
        }
        return Optional.of(new DataSpec.Field(
                field.name().text(),
                type.get(),
                content.get(),
                field.distribution().span().text(),
                field.doc(),
                field.name().span()));
    }

    private Optional<DataSpec.Content> random(Expression expression) {
        if (!(expression instanceof Expression.Call call)) {
            return fail(expression, "expected `uniform(low, high)`, `normal(mean, deviation)` or `label(classes)`");
        }
        String name = call.callee().text();
        int wanted = name.equals("label") ? 1 : 2;
        if (!DISTRIBUTIONS.contains(name)) {
            return fail(
                    call,
                    "there is no distribution `%s`%s".formatted(name, Suggestion.didYouMean(name, DISTRIBUTIONS)));
        }
        if (call.arguments().size() != wanted) {
            return fail(call, "`%s` needs %d argument%s here".formatted(name, wanted, wanted == 1 ? "" : "s"));
        }
        Expression first = call.arguments().getFirst().value();
        if (wanted == 1) {
            OptionalLong classes = constants.whole(first, "the number of classes", 1, Integer.MAX_VALUE);
            return classes.isPresent()
                    ? Optional.of(new DataSpec.Content.RandomLabels((int) classes.getAsLong()))
                    : Optional.empty();
        }
        OptionalDouble a = constants.number(first, "`" + name + "`'s first number");
        OptionalDouble b = constants.number(call.arguments().get(1).value(), "`" + name + "`'s second number");
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        boolean uniform = name.equals("uniform");
        if (uniform ? a.getAsDouble() > b.getAsDouble() : b.getAsDouble() < 0) {
            return fail(
                    call,
                    uniform
                            ? "`uniform(low, high)` needs a low that is not above high"
                            : "`normal(mean, deviation)` needs a deviation of 0 or more");
        }
        return Optional.of(
                uniform
                        ? new DataSpec.Content.RandomUniform(a.getAsDouble(), b.getAsDouble())
                        : new DataSpec.Content.RandomNormal(a.getAsDouble(), b.getAsDouble()));
    }

    private Optional<DataSpec.Content> fail(Expression at, String title) {
        constants.report(Problem.at(at.span(), Code.WRONG_VALUE, title));
        return Optional.empty();
    }
}
