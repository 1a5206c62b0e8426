package org.descentlang.compiler.op;

import java.util.Arrays;
import org.descentlang.compiler.ir.Op;

/** All elements along some axes become one. */
final class ReducingEvaluation {
    private ReducingEvaluation() {}

    static void fill(Op.Reducing op, TensorValue x, TensorValue result) {
        switch (op) {
            case Op.Reduce reduce -> reduce(reduce, x, result);
            case Op.ArgMax argMax -> argMax(argMax.axis(), x, result.data());
        }
    }

    private static void reduce(Op.Reduce reduce, TensorValue x, TensorValue result) {
        double[] data = result.data();
        Arrays.fill(data, ScalarRule.neutral(reduce.reduction(), x.element()));
        int[] kept = TensorValue.strides(result.sizes());
        int[] strides = new int[x.sizes().length];
        int next = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = reduce.axes().contains(axis) ? 0 : kept[next++];
        }
        int[] offsets = Offsets.of(x.sizes(), strides, 0);
        Op.BinaryKind step = reduce.reduction().step();
        for (int i = 0; i < offsets.length; i++) {
            data[offsets[i]] = ScalarRule.binary(step, x.element(), data[offsets[i]], x.data()[i]);
        }
    }

    private static void argMax(int axis, TensorValue x, double[] result) {
        int inner = TensorValue.strides(x.sizes())[axis];
        int size = x.sizes()[axis];
        for (int i = 0; i < result.length; i++) {
            int first = i / inner * inner * size + i % inner;
            int best = 0;
            for (int k = 1; k < size; k++) {
                best = x.data()[first + k * inner] > x.data()[first + best * inner] ? k : best;
            }
            result[i] = best;
        }
    }
}
