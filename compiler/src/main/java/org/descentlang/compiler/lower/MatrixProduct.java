package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.Optional;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.NumberText;

/**
 * `a @ b`: over the last axis of `a` and the last but one of `b`; a vector is a row on the left, a column on the right.
 */
final class MatrixProduct {
    private final Elaboration elaboration;
    private final TensorBuilder build;

    MatrixProduct(Elaboration elaboration) {
        this.elaboration = elaboration;
        this.build = new TensorBuilder(elaboration.builder());
    }

    Value of(Elementwise.Operand left, Elementwise.Operand right, Elementwise elementwise, Span place) {
        Optional<Value.Tensor> a = elementwise.tensor(left, ElementType.F32);
        Optional<Value.Tensor> b = elementwise.tensor(right, ElementType.F32);
        if (a.isEmpty() || b.isEmpty()) {
            return Value.FAILURE;
        }
        String types = Elementwise.name(left, a.get()) + ", " + Elementwise.name(right, b.get());
        if (!isMatrix(a.get()) || !isMatrix(b.get())) {
            return elaboration.fail(Problem.at(
                            place,
                            Code.MATRIX_PRODUCT,
                            "`@` needs f32 tensors with at least one axis, not "
                                    + a.get().type() + " and " + b.get().type())
                    .label(types));
        }
        Value.Tensor rows = isVector(a.get()) ? asMatrix(a.get(), 0) : a.get();
        Value.Tensor columns = isVector(b.get()) ? asMatrix(b.get(), 1) : b.get();
        int inner = columns.type().shape().rank() - 2;
        if (!rows.type().shape().last().equals(columns.type().shape().dim(inner))) {
            return unequal(rows, columns, inner, place, types);
        }
        if (!leadingFits(rows.type().shape(), columns.type().shape())) {
            return elaboration.fail(Problem.at(
                            place,
                            Code.MATRIX_PRODUCT,
                            "the leading axes of `@` must be equal, but " + rows.type() + " and " + columns.type()
                                    + " differ")
                    .label(types));
        }
        return product(rows, columns, isVector(a.get()), isVector(b.get()));
    }

    private static boolean isMatrix(Value.Tensor tensor) {
        return tensor.type().element() == ElementType.F32 && !tensor.type().isScalar();
    }

    private static boolean isVector(Value.Tensor tensor) {
        return tensor.type().shape().rank() == 1;
    }

    private Value.Tensor asMatrix(Value.Tensor vector, int one) {
        var dims = new ArrayList<>(vector.type().shape().dims());
        var axes = new ArrayList<>(vector.axes());
        dims.add(one, Dim.ONE);
        axes.add(one, Axis.PLAIN);
        return build.reshape(vector, new Shape(dims), axes);
    }

    private static boolean leadingFits(Shape left, Shape right) {
        return right.rank() == 2
                || left.rank() == right.rank()
                        && left.dims()
                                .subList(0, left.rank() - 2)
                                .equals(right.dims().subList(0, right.rank() - 2));
    }

    private Value.Tensor product(Value.Tensor left, Value.Tensor right, boolean fromRow, boolean fromColumn) {
        var axes = new ArrayList<>(left.axes().subList(0, left.axes().size() - 1));
        axes.add(right.axes().getLast());
        Value.Tensor product = build.of(new Op.MatMul(false, false), axes, left, right);
        if (fromColumn) {
            product = build.select(product, product.axes().size() - 1, 0);
        }
        return fromRow ? build.select(product, product.axes().size() - (fromColumn ? 1 : 2), 0) : product;
    }

    private Value unequal(Value.Tensor a, Value.Tensor b, int inner, Span place, String types) {
        Dim columns = a.type().shape().last();
        Dim rows = b.type().shape().dim(inner);
        Problem problem = Problem.at(
                        place,
                        Code.MATRIX_PRODUCT,
                        "`@` needs as many rows on its right as columns on its left, but " + rows + " is not "
                                + columns)
                .label(types);
        problem = a.axes().getLast().pointed(problem, NumberText.counted(columns, "column"));
        problem = b.axes().get(inner).pointed(problem, NumberText.counted(rows, "row"));
        return elaboration.fail(problem);
    }
}
