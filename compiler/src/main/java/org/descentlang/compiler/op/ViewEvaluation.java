package org.descentlang.compiler.op;

import org.descentlang.compiler.ir.Op;

/** Each element is one of the operand's. */
final class ViewEvaluation {
    private ViewEvaluation() {}

    static void fill(Op.View op, TensorValue x, TensorValue result) {
        int[] offsets = switch (op) {
            case Op.Broadcast broadcast -> broadcast(broadcast, x, result);
            case Op.Reshape _ -> Offsets.of(result.sizes(), TensorValue.strides(result.sizes()), 0);
            case Op.Transpose transpose -> transpose(transpose, x, result);
            case Op.Slice slice -> slice(slice, x, result);
        };
        for (int i = 0; i < offsets.length; i++) {
            result.data()[i] = x.data()[offsets[i]];
        }
    }

    private static int[] broadcast(Op.Broadcast broadcast, TensorValue x, TensorValue result) {
        int[] source = TensorValue.strides(x.sizes());
        int[] strides = new int[result.sizes().length];
        for (int axis = 0; axis < source.length; axis++) {
            strides[broadcast.axes().get(axis)] = source[axis];
        }
        return Offsets.of(result.sizes(), strides, 0);
    }

    private static int[] transpose(Op.Transpose transpose, TensorValue x, TensorValue result) {
        int[] source = TensorValue.strides(x.sizes());
        int[] strides =
                transpose.permutation().stream().mapToInt(axis -> source[axis]).toArray();
        return Offsets.of(result.sizes(), strides, 0);
    }

    private static int[] slice(Op.Slice slice, TensorValue x, TensorValue result) {
        int[] strides = TensorValue.strides(x.sizes());
        int first = (int) slice.start() * strides[slice.axis()];
        return Offsets.of(result.sizes(), strides, first);
    }
}
