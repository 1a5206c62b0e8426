package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Products in work-groups on the first device against a sum in double precision, within one array, as in a step. */
final class TiledProductsTest {
    private static final float UNTOUCHED = 7;

    private final Random random = new Random(5);

    @ParameterizedTest
    @CsvSource({
        "1, 16, 8, 16, false, false",
        "1, 63, 64, 65, true, false",
        "1, 64, 65, 63, false, true",
        "1, 65, 33, 1000, true, true",
        "1, 16, 65537, 17, false, false",
        "1, 33, 9, 65537, false, true",
        "7, 19, 63, 17, true, false"
    })
    void agree(int count, int m, int n, int k, boolean leftTransposed, boolean rightTransposed) throws Exception {
        int results = count * m * k + k * n + 1;
        var array = filled(results + count * m * n + 1);
        var left = new Matrix(array, 0, m * k, leftTransposed);
        var right = new Matrix(array, count * m * k, 0, rightTransposed);
        var result = new Matrix(array, results, m * n, false);
        array.set(results - 1, UNTOUCHED);
        array.set(results + count * m * n, UNTOUCHED);
        run(new MatrixProduct("product", count, m, n, k, left, right, result, new FewerRows.Unread()));
        for (int i = 0; i < count; i++) {
            for (int row = 0; row < m; row++) {
                for (int column = 0; column < n; column++) {
                    double sum = 0;
                    double size = 0;
                    for (int along = 0; along < k; along++) {
                        double a = element(left, i, row, along, m, k);
                        double b = element(right, i, along, column, k, n);
                        sum += a * b;
                        size += Math.abs(a * b);
                    }
                    assertThat((double) element(result, i, row, column, m, n))
                            .as("%s: %s, %s", i, row, column)
                            .isEqualTo(sum, Offset.offset(1e-5 * size));
                }
            }
        }
        assertThat(array.get(results - 1)).isEqualTo(UNTOUCHED);
        assertThat(array.get(results + count * m * n)).isEqualTo(UNTOUCHED);
    }

    private FloatArray filled(int size) {
        var array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, random.nextFloat(-1, 1));
        }
        return array;
    }

    private static float element(Matrix matrix, int number, int row, int column, int rows, int columns) {
        int at = matrix.transposed() ? column * rows + row : row * columns + column;
        return matrix.array().get(matrix.offset() + number * matrix.step() + at);
    }

    private static void run(MatrixProduct product) throws Exception {
        var graph = new TaskGraph("products");
        FloatArray array = product.result().array();
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, array);
        var grids = new GridScheduler();
        new TiledProducts().add(graph, grids, product, () -> {
            throw new AssertionError("no generated kernel");
        });
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, array);
        try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(Devices.all().getFirst().device());
            plan.withGridScheduler(grids).execute();
        }
    }
}
