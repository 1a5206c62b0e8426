package org.descentlang.compiler.op;

import org.descentlang.compiler.ir.Op;

/** A matrix product for every leading index. */
final class MatrixProduct {
    private MatrixProduct() {}

    static void fill(Op.MatMul matMul, TensorValue left, TensorValue right, TensorValue result) {
        int rank = result.sizes().length;
        int rows = result.sizes()[rank - 2];
        int columns = result.sizes()[rank - 1];
        int inner = left.sizes()[matMul.transposeLeft() ? rank - 2 : rank - 1];
        int products = left.count() / Math.max(1, rows * inner);
        int rightSize = right.sizes().length == 2 ? 0 : inner * columns;
        for (int product = 0; product < products; product++) {
            for (int i = 0; i < rows; i++) {
                for (int k = 0; k < inner; k++) {
                    int at = matMul.transposeLeft() ? k * rows + i : i * inner + k;
                    double factor = left.data()[product * rows * inner + at];
                    int first = product * rightSize + (matMul.transposeRight() ? k : k * columns);
                    int stride = matMul.transposeRight() ? inner : 1;
                    addRow(factor, right.data(), first, stride, result.data(), (product * rows + i) * columns, columns);
                }
            }
        }
    }

    private static void addRow(
            double factor, double[] right, int first, int stride, double[] sum, int at, int columns) {
        for (int j = 0; j < columns; j++) {
            sum[at + j] += factor * right[first + j * stride];
        }
    }
}
