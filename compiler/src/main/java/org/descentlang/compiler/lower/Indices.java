package org.descentlang.compiler.lower;

import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;

/**
 * One rule for what counts from 0 up to a number of rows or classes. What is known at compile time has to fit; an input
 * has to be checked by whoever gives it; a computed index that does not fit makes its row NaN, which stops a training
 * with the place in the file.
 */
final class Indices {
    private final Elaboration elaboration;
    private final TensorBuilder build;

    Indices(Elaboration elaboration, TensorBuilder build) {
        this.elaboration = elaboration;
        this.build = build;
    }

    /**
     * Whether an index may be used: unless it is sure to go wrong for some value.
     *
     * @param count what it has to be below
     * @param what before its numbers: `the classes are`
     */
    boolean fit(Value.Tensor index, long count, String what, Primitives.Use use) {
        return switch (index.bound()) {
            case Bound.Unknown _ -> true;
            case Bound.Input(String name) -> {
                elaboration.requireBelow(name, count);
                yield true;
            }
            case Bound.Between between -> between.isWithin(count) || report(between, count, what, use);
        };
    }

    private boolean report(Bound.Between between, long count, String what, Primitives.Use use) {
        String counted = count == 1 ? "0 only" : "0 to " + (count - 1);
        var problem = Problem.at(
                use.get("index").span(), Code.INDEX, "the index is %s, but %s %s".formatted(between, what, counted));
        elaboration.report(between.said()
                .map(span -> problem.also(span, "this is " + between))
                .orElse(problem));
        return false;
    }

    /** Whether no index can be wrong when the program runs. */
    static boolean areSure(Value.Tensor index) {
        return !(index.bound() instanceof Bound.Unknown);
    }

    /** The values, NaN where the index that they belong to is not 0 .. count - 1. */
    Value.Tensor marked(Value.Tensor values, Value.Tensor index, long count) {
        Value.Tensor fits = build.binary(
                BinaryKind.AND,
                compared(Comparison.GREATER_OR_EQUAL, index, 0),
                compared(Comparison.LESS, index, count));
        return build.of(
                new Op.Select(),
                values.axes(),
                fits,
                values,
                filled(values.type().shape()));
    }

    private Value.Tensor compared(Comparison comparison, Value.Tensor index, long limit) {
        Value.Tensor scalar = build.constant((double) limit, ElementType.I32);
        Value.Tensor same = build.filled(scalar, index.type().shape(), index.axes());
        return build.of(new Op.Compare(comparison), index.axes(), index, same);
    }

    private Value.Tensor filled(Shape shape) {
        Value.Tensor nan = build.constant(Double.NaN, ElementType.F32);
        return Broadcasting.stretch(elaboration.builder(), nan, shape);
    }
}
