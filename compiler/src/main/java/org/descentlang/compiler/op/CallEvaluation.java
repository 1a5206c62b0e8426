package org.descentlang.compiler.op;

import java.util.Arrays;
import java.util.List;
import org.descentlang.compiler.ir.Op;

/** Each call is a plain loop. */
final class CallEvaluation {
    private CallEvaluation() {}

    static void fill(Op.Call op, List<TensorValue> operands, Inputs inputs, TensorValue result) {
        switch (op) {
            case Op.Random random -> random(random, inputs, result.data());
            case Op.MatMul matMul -> MatrixProduct.fill(matMul, operands.getFirst(), operands.get(1), result);
            case Op.Gather _ -> gather(operands.getFirst(), operands.get(1).data(), result.data());
            case Op.ScatterAdd _ ->
                scatterAdd(operands.getFirst().data(), operands.get(1).data(), result);
            case Op.Convolve convolve -> new Convolution(convolve).fill(operands.getFirst(), operands.get(1), result);
            case Op.WindowArgMax largest ->
                new WindowWalk(largest.windows()).largest(operands.getFirst(), result.data());
            case Op.Pick _ -> pick(operands.getFirst(), operands.get(1), result.data());
            case Op.PutBack _ -> putBack(operands.getFirst(), operands.get(1).data(), result);
        }
    }

    private static void random(Op.Random random, Inputs inputs, double[] result) {
        int place = random.place() + random.turn() * inputs.element();
        for (int i = 0; i < result.length; i++) {
            int[] words = Philox.block(
                    i / 4, place, (int) inputs.draw(), (int) (inputs.draw() >>> 32), (int) inputs.seed(), (int)
                            (inputs.seed() >>> 32));
            int pair = i % 4 / 2 * 2;
            result[i] = switch (random.distribution()) {
                case UNIFORM -> Philox.uniform(words[i % 4]);
                case NORMAL -> Philox.normals(words[pair], words[pair + 1])[i % 2];
            };
        }
    }

    /** There is no row for an index outside of the table: NaN. */
    private static void gather(TensorValue table, double[] index, double[] result) {
        int rows = table.sizes()[0];
        int width = result.length / Math.max(1, index.length);
        for (int i = 0; i < index.length; i++) {
            int row = (int) index[i];
            if (isRow(row, rows)) {
                System.arraycopy(table.data(), row * width, result, i * width, width);
            } else {
                Arrays.fill(result, i * width, (i + 1) * width, Double.NaN);
            }
        }
    }

    private static void scatterAdd(double[] index, double[] updates, TensorValue result) {
        int width = updates.length / Math.max(1, index.length);
        for (int i = 0; i < updates.length; i++) {
            int row = (int) index[i / width];
            if (isRow(row, result.sizes()[0])) {
                result.data()[row * width + i % width] += updates[i];
            }
        }
    }

    /** There is no element for a position outside of the axis: NaN. */
    private static void pick(TensorValue x, TensorValue position, double[] result) {
        for (int i = 0; i < result.length; i++) {
            int from = along(i, position, x.sizes()[1]);
            result[i] = from < 0 ? Double.NaN : x.data()[from];
        }
    }

    private static void putBack(TensorValue position, double[] updates, TensorValue result) {
        for (int i = 0; i < updates.length; i++) {
            int to = along(i, position, result.sizes()[1]);
            if (to >= 0) {
                result.data()[to] += updates[i];
            }
        }
    }

    /** Where the element is that position number {@code i} means, in a tensor with {@code length} along the middle. */
    private static int along(int i, TensorValue position, int length) {
        int channels = position.sizes()[2];
        int example = i / (position.sizes()[1] * channels);
        int row = (int) position.data()[i];
        return isRow(row, length) ? (example * length + row) * channels + i % channels : -1;
    }

    private static boolean isRow(int index, int rows) {
        return index >= 0 && index < rows;
    }
}
