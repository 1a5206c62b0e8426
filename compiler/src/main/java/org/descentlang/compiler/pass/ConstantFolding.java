package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.op.ScalarRule;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * Computes what is known, in double precision.
 *
 * <pre>
 * %0 = constant 2 : f32
 * %1 = constant 3 : f32          %0 = constant 6 : f32
 * %2 = multiply %0, %1     ──▶
 * %3 = extent size=[64]          %1 = constant 64 : f32
 * </pre>
 *
 * A result that is not finite stays an operation, so that a run can say where it came from.
 */
final class ConstantFolding implements Rule {
    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (op instanceof Op.Extent(var dim) && dim.isFixed()) {
            return OptionalInt.of(program.add(new Op.Constant(dim.fixed(), ElementType.F32)));
        }
        if (op instanceof Op.ArgMax(var axis)
                && program.shape(operands.getFirst()).dim(axis).isOne()) {
            Shape rest = program.shape(operands.getFirst()).without(axis);
            return OptionalInt.of(program.constant(0, new TensorType(ElementType.I32, rest)));
        }
        return op instanceof Op.ElementWise elementWise
                        && operands.stream().allMatch(value -> program.op(value) instanceof Op.Constant)
                ? folded(elementWise, operands, program)
                : OptionalInt.empty();
    }

    private static OptionalInt folded(Op.ElementWise op, List<Integer> operands, Rewriter program) {
        List<Op.Constant> constants =
                operands.stream().map(value -> (Op.Constant) program.op(value)).toList();
        Op.Constant first = constants.getFirst();
        return switch (op) {
            case Op.Unary unary
            when unary.kind() != Op.UnaryKind.STOP_GRADIENT ->
                constant(ScalarRule.unary(unary.kind(), first.value()), first.element(), program);
            case Op.Binary binary -> {
                double second = constants.get(1).value();
                double value = ScalarRule.binary(binary.kind(), first.element(), first.value(), second);
                yield constant(value, first.element(), program);
            }
            case Op.Compare compare -> {
                boolean holds = ScalarRule.compare(
                        compare.comparison(), first.value(), constants.get(1).value());
                yield constant(holds ? 1 : 0, ElementType.BOOL, program);
            }
            case Op.Cast cast -> constant(ScalarRule.cast(cast.to(), first.value()), cast.to(), program);
            case Op.Unary _, Op.Select _ -> OptionalInt.empty();
        };
    }

    private static OptionalInt constant(double value, ElementType element, Rewriter program) {
        return Double.isFinite(value)
                ? OptionalInt.of(program.add(new Op.Constant(value, element)))
                : OptionalInt.empty();
    }
}
