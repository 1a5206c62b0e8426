package org.descentlang.compiler.ir;

import java.util.List;
import org.descentlang.compiler.type.TensorType;

/** The type of an operation's result. */
public final class ShapeRule {
    private ShapeRule() {}

    /** @throws IllegalArgumentException if the operands do not fit; a user's mistakes are found before */
    public static TensorType result(Op op, List<TensorType> types) {
        var operands = new OperandTypes(op, types);
        return switch (op) {
            case Op.Leaf leaf -> leaf(leaf, operands);
            case Op.ElementWise elementWise -> ElementWiseShape.of(elementWise, operands);
            case Op.View view -> ViewShape.of(view, operands);
            case Op.Reducing reducing -> ReducingShape.of(reducing, operands);
            case Op.Assembling assembling -> AssemblingShape.of(assembling, operands);
            case Op.Call call -> CallShape.of(call, operands);
            case Op.Region region -> RegionShape.of(region, operands);
        };
    }

    private static TensorType leaf(Op.Leaf leaf, OperandTypes operands) {
        operands.requireCount(0);
        return switch (leaf) {
            case Op.Read _, Op.Constant _, Op.Extent _ -> leaf.type();
            case Op.Iota iota -> {
                operands.requireAxis(iota.axis(), iota.shape());
                yield iota.type();
            }
        };
    }
}
