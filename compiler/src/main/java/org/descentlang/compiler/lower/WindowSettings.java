package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.source.Span;
import org.descentlang.description.NumberText;

/** Settings of windows: a number for all spatial axes, `(2, 1)` with one for each, or a word for the padding. */
final class WindowSettings {
    static final String SAME = "same";
    static final String VALID = "valid";
    static final String CAUSAL = "causal";

    private static final List<String> PADDINGS = List.of(SAME, VALID, CAUSAL);

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;

    WindowSettings(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
    }

    /** @param place where it was written */
    record Setting(long number, Span place) {}

    /** What is added to the ends of an axis: by a word, or so many positions on both sides. */
    sealed interface Padding {
        record Word(String word) implements Padding {}

        record Numbers(List<Setting> numbers) implements Padding {}
    }

    /** One whole number for each of the axes, none below {@code least}. */
    Optional<List<Setting>> each(Primitives.Use use, String name, long otherwise, long least, int axes) {
        return use.find(name)
                .map(written -> each(lowering.evaluate(written, use.scope()), written, name, least, axes))
                .orElseGet(() -> Optional.of(Collections.nCopies(
                        axes, new Setting(otherwise, use.call().callee().span()))));
    }

    private Optional<List<Setting>> each(Value value, Expression written, String name, long least, int axes) {
        return values(value, written, name, axes).flatMap(values -> {
            var numbers = new ArrayList<Setting>();
            for (Value one : values) {
                number(one, written, name, least).ifPresent(numbers::add);
            }
            return Optional.of(numbers).filter(all -> all.size() == axes);
        });
    }

    /** `per_axis(x, axes)`: a setting as a tuple. */
    Value perAxis(Primitives.Use use) {
        Expression written = use.get("x");
        Value value = lowering.evaluate(written, use.scope());
        Optional<Long> axes = lowering.dimension(use.get("axes"), use.scope())
                .filter(dimension -> dimension.dim().isFixed())
                .map(dimension -> dimension.dim().fixed());
        String name = written instanceof Expression.Reference reference
                ? reference.name().text()
                : "x";
        return axes.flatMap(count -> values(value, written, name, Math.toIntExact(Math.min(count, 64))))
                .<Value>map(Value.Tuple::new)
                .orElse(Value.FAILURE);
    }

    private Optional<List<Value>> values(Value value, Expression written, String name, int axes) {
        return switch (value) {
            case Value.Number number -> Optional.of(Collections.nCopies(axes, number));
            case Value.Tuple tuple when tuple.elements().size() == axes -> Optional.of(tuple.elements());
            case Value.Tuple tuple ->
                failed(
                        written.span(),
                        "`%s` has %s, but there %s: give one number, or one for each axis"
                                .formatted(
                                        name,
                                        NumberText.counted(tuple.elements().size(), "number"),
                                        axes == 1 ? "is 1 axis" : "are " + axes + " axes"));
            case Value.Failure _ -> Optional.empty();
            default ->
                failed(
                        written.span(),
                        "`" + name + "` is a number, or one for each axis as in `(2, 1)`, not "
                                + Values.describe(value));
        };
    }

    private Optional<Setting> number(Value value, Expression written, String name, long least) {
        if (value instanceof Value.Failure) {
            return Optional.empty();
        }
        boolean whole = value instanceof Value.Number number
                && number.isWhole()
                && number.value() >= least
                && number.value() <= Integer.MAX_VALUE;
        if (whole && value instanceof Value.Number number) {
            return Optional.of(new Setting((long) number.value(), place(number, written)));
        }
        Span place = value instanceof Value.Number number ? place(number, written) : written.span();
        return failed(
                place,
                "`%s` is a whole number from %d on, not %s"
                        .formatted(
                                name,
                                least,
                                value instanceof Value.Number(double number, var _, var _)
                                        ? NumberText.of(number)
                                        : Values.describe(value)));
    }

    private static Span place(Value.Number number, Expression written) {
        return number.written().orElse(written.span());
    }

    Optional<Padding> padding(Primitives.Use use, String otherwise, int axes) {
        Optional<Expression> given = use.find("padding");
        if (given.isEmpty()) {
            return Optional.of(new Padding.Word(otherwise));
        }
        Expression written = given.get();
        Value value = lowering.evaluate(written, use.scope());
        if (!(value instanceof Value.Text(String word))) {
            return each(value, written, "padding", 0, axes).map(Padding.Numbers::new);
        }
        if (!PADDINGS.contains(word)) {
            return failed(
                    written.span(),
                    "there is no padding \"" + word + "\"; it is \"same\", \"valid\", \"causal\" or a number"
                            + Suggestion.nearest(word, PADDINGS)
                                    .map(meant -> "; did you mean \"" + meant + "\"?")
                                    .orElse(""));
        }
        return word.equals(CAUSAL) && axes > 1
                ? failed(
                        written.span(),
                        "\"causal\" padding is for one axis, along which time runs, but there are " + axes)
                : Optional.of(new Padding.Word(word));
    }

    private <T> Optional<T> failed(Span place, String title) {
        elaboration.report(Problem.at(place, Code.WINDOW_SETTING, title));
        return Optional.empty();
    }
}
