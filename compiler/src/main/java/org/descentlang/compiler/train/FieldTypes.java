package org.descentlang.compiler.train;

import java.util.Optional;
import java.util.OptionalLong;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** The types that fields of `data` say that they have: `f32[batch, 28, 28, 1]`. */
final class FieldTypes {
    private final Constants constants;

    FieldTypes(Constants constants) {
        this.constants = constants;
    }

    static boolean isWhole(TypeExpression written) {
        return written instanceof TypeExpression.Tensor tensor
                && tensor.element().text().equals("i32");
    }

    /** A type as written; empty if it is none of a field, which is reported. */
    Optional<TensorType> of(TypeExpression written) {
        boolean ofExamples = written instanceof TypeExpression.Tensor tensor
                && !tensor.dimensions().isEmpty()
                && isBatch(tensor.dimensions().getFirst());
        if (!ofExamples) {
            return fail(
                    written.span(), "the first size of a field must be `batch`: `f32[batch, …]` or `i32[batch, …]`");
        }
        var tensor = (TypeExpression.Tensor) written;
        Shape shape = Shape.of(Dim.BATCH);
        for (Expression dimension :
                tensor.dimensions().subList(1, tensor.dimensions().size())) {
            if (isBatch(dimension)) {
                return fail(dimension.span(), "only the first size of a field can be `batch`");
            }
            OptionalLong size = constants.whole(dimension, "a size", 1, Integer.MAX_VALUE);
            if (size.isEmpty()) {
                return Optional.empty();
            }
            shape = shape.append(Dim.of(size.getAsLong()));
        }
        return switch (tensor.element().text()) {
            case "f32" -> Optional.of(TensorType.f32(shape));
            case "i32" -> Optional.of(TensorType.i32(shape));
            default -> fail(tensor.element().span(), "a field must be f32 or i32, not `" + tensor.element() + "`");
        };
    }

    private static boolean isBatch(Expression dimension) {
        return dimension instanceof Expression.Reference(var name)
                && name.text().equals("batch");
    }

    /**
     * The type as written, if there is one, of values made in row-major order.
     *
     * @param made their type
     */
    Optional<TensorType> declared(Optional<TypeExpression> written, TensorType made) {
        if (written.isEmpty()) {
            return Optional.of(made);
        }
        return of(written.get()).flatMap(type -> {
            if (type.element() != made.element()) {
                return fail(written.get().span(), "the values are %s, not %s".formatted(made, type));
            }
            long wanted = type.shape().count(1);
            long there = made.shape().count(1);
            return wanted == there
                    ? Optional.of(type)
                    : fail(
                            written.get().span(),
                            "%s has %,d values per example, but there are %,d: %s"
                                    .formatted(type, wanted, there, made));
        });
    }

    private <T> Optional<T> fail(Span at, String title) {
        constants.report(Problem.at(at, Code.WRONG_VALUE, title));
        return Optional.empty();
    }
}
