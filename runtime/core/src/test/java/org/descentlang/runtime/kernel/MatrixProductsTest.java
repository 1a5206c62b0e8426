package org.descentlang.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.descentlang.runtime.kernel.matrix.MatrixKernel;
import org.descentlang.runtime.kernel.matrix.PlainMatrixKernel;
import org.descentlang.runtime.kernel.vector.VectorMatrixKernel;
import org.descentlang.runtime.kernel.vector.VectorOperations;
import org.descentlang.runtime.random.Philox;
import org.descentlang.runtime.thread.Team;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixProductsTest {
    private static final int[] SIZES = {1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 65, 100, 257};
    private static final int OFFSET = 5;
    private static final Tiling[] TILINGS = {
        new Tiling(4, 1024, false, 1),
        new Tiling(2, 40, true, 1),
        new Tiling(1, 1, false, 1),
        new Tiling(4, 7, true, 1 << 16)
    };

    /** As before vectors are first tried in a run. */
    @BeforeAll
    static void loadOperations() {
        VectorOperations.load();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void equalsDoubleLoopsAtOddSizes(int threads) {
        try (Team team = Team.of(threads)) {
            MatrixKernel kernel = switch (threads) {
                case 1 -> new VectorMatrixKernel();
                case 2 -> inTurns();
                default -> new PlainMatrixKernel();
            };
            MatrixProducts products = new MatrixProducts(team, kernel);
            for (int i = 0; i < 4 * SIZES.length * SIZES.length; i++) {
                int m = SIZES[i / 4 % SIZES.length];
                int n = SIZES[i / 4 / SIZES.length];
                int k = SIZES[i * 5 % SIZES.length];
                check(products, (i & 1) != 0, (i & 2) != 0, m, n, k, i % 3 == 0, TILINGS[i / 4 % TILINGS.length]);
            }
        }
    }

    /** Tries its vectors on a part of each piece: plain loops were slow in all, but fast for what they did. */
    private static MatrixKernel inTurns() {
        var now = new AtomicLong();
        var turns = new KernelTurns(MatrixKernelTurns.WIDTHS, () -> now.addAndGet(100_000));
        for (int width = 0; width < MatrixKernelTurns.WIDTHS; width++) {
            long turn = turns.begin(width);
            now.addAndGet(9_000_000_000L);
            turns.end(width, turn, Long.MAX_VALUE);
        }
        return new MatrixKernelTurns(new PlainMatrixKernel(), new VectorMatrixKernel(), turns);
    }

    private static void check(
            MatrixProducts products, boolean ta, boolean tb, int m, int n, int k, boolean add, Tiling tiling) {
        float[] a = random(1, m * k);
        float[] b = random(2, k * n);
        float[] c = random(3, m * n);
        float[] expected = c.clone();
        double worst = 0;
        products.multiply(ta, tb, m, n, k, a, OFFSET, b, OFFSET, c, OFFSET, add, tiling);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = add ? expected[OFFSET + i * n + j] : 0;
                double size = Math.abs(sum);
                for (int p = 0; p < k; p++) {
                    double product = (double) a[OFFSET + (ta ? p * m + i : i * k + p)]
                            * b[OFFSET + (tb ? j * k + p : p * n + j)];
                    sum += product;
                    size += Math.abs(product);
                }
                double error = Math.abs(c[OFFSET + i * n + j] - sum) / size;
                worst = Double.isNaN(error) ? Double.NaN : Math.max(worst, error);
            }
        }
        assertThat(worst).as("%d x %d x %d, %s %s", m, n, k, ta, tb).isLessThan(1e-6);
        assertThat(Arrays.copyOf(c, OFFSET)).containsExactly(Arrays.copyOf(expected, OFFSET));
        assertThat(Arrays.copyOfRange(c, OFFSET + m * n, c.length))
                .containsExactly(Arrays.copyOfRange(expected, OFFSET + m * n, c.length));
    }

    @Test
    void givesTheBitsOfOneChainForAnyThreadsAndKernel() {
        int m = 61;
        int n = 135;
        int k = 77;
        float[] a = random(1, m * k);
        float[] b = random(2, k * n);
        float[] expected = new float[m * n + 2 * OFFSET];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float chain = 0;
                for (int p = 0; p < k; p++) {
                    chain = Math.fma(a[OFFSET + i * k + p], b[OFFSET + p * n + j], chain);
                }
                expected[OFFSET + i * n + j] = chain;
            }
        }
        for (int threads = 1; threads <= 4; threads++) {
            try (Team team = Team.of(threads)) {
                for (MatrixKernel kernel :
                        new MatrixKernel[] {new PlainMatrixKernel(), new VectorMatrixKernel(), inTurns()}) {
                    for (Tiling tiling : TILINGS) {
                        float[] c = new float[expected.length];
                        new MatrixProducts(team, kernel)
                                .multiply(false, false, m, n, k, a, OFFSET, b, OFFSET, c, OFFSET, false, tiling);
                        assertThat(c).containsExactly(expected);
                    }
                }
            }
        }
    }

    /** Wider than what plain loops take at once, with links that do not come in pairs. */
    @Test
    void keepsTheSignOfZero() {
        int n = 517;
        float[] a = random(1, 3 * 5);
        float[] b = new float[5 * n];
        Arrays.fill(a, 0);
        Arrays.fill(b, 1);
        try (Team team = Team.of(1)) {
            for (MatrixKernel kernel :
                    new MatrixKernel[] {new PlainMatrixKernel(), new VectorMatrixKernel(), inTurns()}) {
                float[] c = new float[3 * n];
                Arrays.fill(c, -0f);
                new MatrixProducts(team, kernel).multiply(false, false, 3, n, 0, a, 0, b, 0, c, 0, true, TILINGS[0]);
                assertThat(c).containsOnly(-0f);
                Arrays.fill(a, -0f);
                new MatrixProducts(team, kernel).multiply(false, false, 3, n, 5, a, 0, b, 0, c, 0, true, TILINGS[0]);
                assertThat(c).containsOnly(-0f);
            }
        }
    }

    @Test
    void multipliesEachOfABatch() {
        float[] a = random(1, 3 * 2 * 4);
        float[] b = random(2, 4 * 5);
        float[] c = new float[3 * 2 * 5];
        float[] expected = new float[3 * 2 * 5];
        try (Team team = Team.of(1)) {
            MatrixProducts products = new MatrixProducts(team);
            products.of(a, b, c).shareB().tiled(TILINGS[0]).multiplyEach(3, 2, 5, 4, 0, 0, 0);
            products.multiply(false, false, 6, 5, 4, a, 0, b, 0, expected, 0, false, TILINGS[0]);
        }
        assertThat(c).containsExactly(expected);
    }

    /** Vectors are objects until the compiled code runs. */
    @Test
    void allocatesNothingOnceCompiled() {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] a = random(1, 64 * 90);
        float[] c = new float[90 * 90];
        try (Team team = Team.of(1)) {
            MatrixProducts products = new MatrixProducts(team, new VectorMatrixKernel());
            long allocated = Long.MAX_VALUE;
            for (int round = 0; allocated > 0 && round < 2000; round++) {
                long before = bean.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 20; i++) {
                    products.multiply(false, false, 64, 90, 64, a, 0, a, 0, c, 0, false, TILINGS[0]);
                    products.multiply(true, false, 90, 90, 64, a, 0, a, 0, c, 0, true, TILINGS[0]);
                    products.multiply(false, true, 64, 64, 90, a, 0, a, 0, c, 0, false, TILINGS[0]);
                }
                allocated = bean.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).isZero();
        }
    }

    private static float[] random(int place, int count) {
        float[] values = new float[count + 2 * OFFSET];
        Philox.fillNormal(11, 0, place, 0, values, 0, values.length);
        return values;
    }
}
