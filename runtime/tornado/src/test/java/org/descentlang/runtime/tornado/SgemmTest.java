package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The arguments of cuBLAS, handed to loops that do what its documentation says. */
final class SgemmTest {
    private static final int M = 5;
    private static final int N = 3;
    private static final int K = 7;
    private static final float UNTOUCHED = 42;

    private final Random random = new Random(1);

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void multipliesWhatIsTransposed(boolean left, boolean right) {
        var product = new MatrixProduct(
                "one",
                1,
                M,
                N,
                K,
                matrix(M * K, 11, 0, left),
                matrix(K * N, 4, 0, right),
                result(M * N, 9, 0),
                new FewerRows.Unread());
        check(product);
    }

    @ParameterizedTest
    @CsvSource({"false, false, 21", "true, false, 21", "false, true, 21", "true, true, 21", "false, true, 0"})
    void multipliesSeveral(boolean left, boolean right, int rightStep) {
        var product = new MatrixProduct(
                "several",
                4,
                M,
                N,
                K,
                matrix(4 * M * K, 2, M * K, left),
                matrix(4 * K * N, 13, rightStep, right),
                result(4 * M * N, 6, M * N),
                new FewerRows.Unread());
        check(product);
    }

    @Test
    void allMayLieInOneArray() {
        FloatArray work = matrix(200, 0, 0, false).array();
        var product = new MatrixProduct(
                "inside",
                1,
                M,
                N,
                K,
                new Matrix(work, 0, 0, false),
                new Matrix(work, 40, 0, true),
                new Matrix(work, 70, 0, false),
                new FewerRows.Unread());
        check(product);
    }

    @Test
    void aResultIsReadSoThatTheRestOfItsArrayStays() {
        var call = new Sgemm(Precision.F32)
                .call(new MatrixProduct(
                        "one",
                        1,
                        M,
                        N,
                        K,
                        matrix(M * K, 0, 0, false),
                        matrix(K * N, 0, 0, false),
                        result(M * N, 0, 0),
                        new FewerRows.Unread()));
        assertThat(call.getLibraryName()).isEqualTo(SlicedCublas.NAME);
        assertThat(call.getAccess()).hasSameSizeAs(call.getParameters());
        for (int i = 0; i < call.getAccess().length; i++) {
            assertThat(call.getAccess()[i]).isEqualTo(i == 11 ? Access.READ_WRITE : Access.READ_ONLY);
        }
    }

    private Matrix matrix(int size, int offset, int step, boolean transposed) {
        var array = new FloatArray(offset + size);
        for (int i = 0; i < array.getSize(); i++) {
            array.set(i, random.nextFloat(-1, 1));
        }
        return new Matrix(array, offset, step, transposed);
    }

    private static Matrix result(int size, int offset, int step) {
        var array = new FloatArray(offset + size + 5);
        array.init(UNTOUCHED);
        return new Matrix(array, offset, step, false);
    }

    private static void check(MatrixProduct product) {
        FloatArray result = product.result().array();
        float[] expected = new float[result.getSize()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = result.get(i);
        }
        multiply(product, expected);
        PlainCublas.run(new Sgemm(Precision.F32).call(product));
        for (int i = 0; i < expected.length; i++) {
            assertThat(result.get(i)).as("element %s", i).isEqualTo(expected[i], Offset.offset(1e-5f));
        }
    }

    private static void multiply(MatrixProduct product, float[] result) {
        for (int one = 0; one < product.count(); one++) {
            for (int row = 0; row < M; row++) {
                for (int column = 0; column < N; column++) {
                    float sum = 0;
                    for (int inner = 0; inner < K; inner++) {
                        sum += element(product.left(), one, row, inner, M, K)
                                * element(product.right(), one, inner, column, K, N);
                    }
                    result[product.result().offset() + one * product.result().step() + row * N + column] = sum;
                }
            }
        }
    }

    private static float element(Matrix matrix, int one, int row, int column, int rows, int columns) {
        int inside = matrix.transposed() ? column * rows + row : row * columns + column;
        return matrix.array().get(matrix.offset() + one * matrix.step() + inside);
    }
}
