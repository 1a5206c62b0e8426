package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** Types as written: resolved where every name in them is known, matched where they bind names. */
final class Types {
    private static final String LEADING = "..";

    /** A type and what is known of its axes. */
    record Typed(TensorType type, List<Axis> axes) {}

    private final ExpressionLowering lowering;
    private final Elaboration elaboration;

    Types(ExpressionLowering lowering) {
        this.lowering = lowering;
        this.elaboration = lowering.elaboration();
    }

    /** The type with all its names in place. */
    Optional<Typed> resolve(TypeExpression written, Scope scope) {
        if (!(written instanceof TypeExpression.Tensor tensor)) {
            elaboration.report(
                    Problem.at(written.span(), Code.WRONG_KIND, "expected a tensor type, such as `f32[batch, 10]`"));
            return Optional.empty();
        }
        Optional<ElementType> element = element(tensor.element());
        var dims = new ArrayList<Dim>();
        var axes = new ArrayList<Axis>();
        for (Expression dimension : tensor.dimensions()) {
            if (!append(dimension, scope, dims, axes)) {
                return Optional.empty();
            }
        }
        var shape = new Shape(dims);
        if (!Sizes.isAddressable(shape)) {
            elaboration.report(Problem.at(
                    written.span(), Code.TOO_LARGE, "a tensor of this type has more than 2^31 - 1 elements"));
            return Optional.empty();
        }
        return element.map(e -> new Typed(new TensorType(e, shape), axes));
    }

    /** Adds what one written dimension stands for, `..` being any number of axes. */
    boolean append(Expression dimension, Scope scope, List<Dim> dims, List<Axis> axes) {
        if (dimension instanceof Expression.Leading leading) {
            Optional<List<Dimension>> all = leading(leading, scope);
            for (Dimension one : all.orElse(List.of())) {
                dims.add(one.dim());
                axes.add(axis(scope, LEADING, one.written()));
            }
            return all.isPresent();
        }
        Optional<Dimension> one = lowering.dimension(dimension, scope);
        one.ifPresent(d -> {
            dims.add(d.dim());
            axes.add(
                    dimension instanceof Expression.Reference reference
                            ? axis(scope, reference.name().text(), d.written())
                            : new Axis(java.util.Set.of(), d.written()));
        });
        return one.isPresent();
    }

    Optional<List<Dimension>> leading(Expression.Leading leading, Scope scope) {
        if (scope.leading().isEmpty()) {
            elaboration.report(Problem.at(
                    leading.span(),
                    Code.AXIS,
                    "`..` stands for the leading dimensions of an argument, but no argument here has any"));
        }
        return scope.leading();
    }

    private static Axis axis(Scope scope, String name, Optional<Span> written) {
        return new Axis(java.util.Set.of(scope.tag(name)), written);
    }

    private Optional<ElementType> element(Name name) {
        for (ElementType type : ElementType.values()) {
            if (type.text().equals(name.text())) {
                return Optional.of(type);
            }
        }
        List<String> known =
                Arrays.stream(ElementType.values()).map(ElementType::text).toList();
        elaboration.report(Problem.at(
                name.span(),
                Code.UNKNOWN_NAME,
                "`" + name + "` is not an element type; the types are `f32`, `i32` and `bool`"
                        + meant(name.text(), known)));
        return Optional.empty();
    }

    private static String meant(String name, List<String> known) {
        return switch (name) {
            case "float", "float32", "double", "f64", "float64" -> "; did you mean `f32`?";
            case "int", "int32", "long", "i64", "int64" -> "; did you mean `i32`?";
            case "boolean" -> "; did you mean `bool`?";
            default -> Suggestion.didYouMean(name, known);
        };
    }

    /**
     * An argument seen through its parameter's type: dimension names that are new get their sizes, the others must
     * agree.
     *
     * @param parameter `target` of `mse`, for messages
     * @return the argument with its axes named; empty if something was reported
     */
    Optional<Value.Tensor> match(
            TypeExpression.Tensor pattern, Value.Tensor argument, Span place, String parameter, Scope scope) {
        Optional<ElementType> element = element(pattern.element());
        if (element.isEmpty()) {
            return Optional.empty();
        }
        if (element.get() != argument.type().element()) {
            elaboration.report(Problem.at(
                            place,
                            Code.ELEMENT_TYPE,
                            parameter + " must be " + text(pattern) + ", but this is " + argument.type())
                    .label("this is " + argument.type()));
            return Optional.empty();
        }
        return new Matching(pattern, argument, place, parameter, scope).run();
    }

    private static String text(TypeExpression.Tensor pattern) {
        String dims = pattern.dimensions().stream()
                .map(d -> d instanceof Expression.Leading ? LEADING : d.span().text())
                .collect(Collectors.joining(", "));
        return pattern.element() + (dims.isEmpty() ? "" : "[" + dims + "]");
    }

    /** One argument against one pattern. */
    private final class Matching {
        private final TypeExpression.Tensor pattern;
        private final Value.Tensor argument;
        private final Span place;
        private final String parameter;
        private final Scope scope;
        private final List<Axis> axes;

        Matching(TypeExpression.Tensor pattern, Value.Tensor argument, Span place, String parameter, Scope scope) {
            this.pattern = pattern;
            this.argument = argument;
            this.place = place;
            this.parameter = parameter;
            this.scope = scope;
            this.axes = new ArrayList<>(argument.axes());
        }

        Optional<Value.Tensor> run() {
            List<Expression> written = pattern.dimensions();
            int rank = argument.type().shape().rank();
            long leadings = written.stream()
                    .filter(d -> d instanceof Expression.Leading)
                    .count();
            int covered = rank - (written.size() - (int) leadings);
            if (leadings > 1) {
                elaboration.report(Problem.at(pattern.span(), Code.AXIS, "a type can have only one `..`"));
                return Optional.empty();
            }
            if (covered < 0 || leadings == 0 && covered > 0) {
                return mismatch("");
            }
            int axis = 0;
            for (Expression dimension : written) {
                boolean leading = dimension instanceof Expression.Leading;
                boolean good = leading ? bindLeading(axis, covered) : bind(dimension, axis);
                if (!good) {
                    return Optional.empty();
                }
                axis += leading ? covered : 1;
            }
            return Optional.of(new Value.Tensor(argument.id(), argument.type(), axes, argument.bound()));
        }

        private boolean bindLeading(int first, int count) {
            var dims = new ArrayList<Dimension>();
            for (int i = first; i < first + count; i++) {
                dims.add(dimension(i));
                axes.set(i, axes.get(i).tagged(scope.tag(LEADING)));
            }
            Optional<List<Dim>> known = scope.leading().map(Types::sizes);
            if (known.isEmpty()) {
                scope.leading(dims);
                return true;
            }
            return known.get().equals(sizes(dims))
                    || mismatch("; `..` is " + new Shape(known.get()) + " here").isPresent();
        }

        private boolean bind(Expression written, int axis) {
            Dimension actual = dimension(axis);
            if (written instanceof Expression.Reference reference) {
                String name = reference.name().text();
                axes.set(axis, axes.get(axis).tagged(scope.tag(name)));
                if (scope.dimension(name).isEmpty() && scope.value(name).isEmpty()) {
                    scope.dimension(name, actual);
                    return true;
                }
            }
            Optional<Dimension> expected = lowering.dimension(written, scope);
            if (expected.isEmpty() || expected.get().dim().equals(actual.dim())) {
                return expected.isPresent();
            }
            String text = written.span().text();
            String size = expected.get().dim().toString();
            return mismatch(text.equals(size) ? "" : "; `" + text + "` is " + size + " here")
                    .isPresent();
        }

        private Dimension dimension(int axis) {
            return new Dimension(
                    argument.type().shape().dim(axis), argument.axes().get(axis).written());
        }

        private Optional<Value.Tensor> mismatch(String because) {
            elaboration.report(Problem.at(
                            place,
                            Code.ARGUMENT_SHAPE,
                            parameter + " must be " + text(pattern) + ", but this is " + argument.type() + because)
                    .label("this is " + argument.type()));
            return Optional.empty();
        }
    }

    private static List<Dim> sizes(List<Dimension> dimensions) {
        return dimensions.stream().map(Dimension::dim).toList();
    }
}
