package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Matrix products by groups of 16 x 16 threads, for GPUs: a group loads a piece of each operand into its local memory
 * once, neighbours from neighbouring addresses, and each thread adds up 4 elements from there. On a processor, where
 * local memory is memory like any other, this is slower than the generated loops.
 */
final class TiledProducts implements Products {
    /** Threads of a group along rows and along columns. */
    private static final int THREADS = 16;

    /** Rows and columns of the result that a group computes, two for each thread. */
    private static final int TILE = 2 * THREADS;

    private static final int MOST = 65535;

    @Override
    public void add(TaskGraph graph, GridScheduler grids, MatrixProduct product, Runnable loops) {
        if (pays(product)) {
            add(graph, product);
            grids.addWorkerGrid(graph.getTaskGraphName() + "." + product.task(), grid(product));
        } else {
            loops.run();
        }
    }

    /**
     * Smaller products leave most of a group idle; devices have a limit for how many matrices there are, 65535 on some.
     */
    private static boolean pays(MatrixProduct product) {
        boolean fills = product.m() >= THREADS && product.n() >= THREADS / 2 && product.k() >= THREADS;
        return fills && product.count() <= MOST;
    }

    private static void add(TaskGraph graph, MatrixProduct product) {
        Matrix left = product.left();
        Matrix right = product.right();
        Matrix result = product.result();
        graph.task(
                product.task(),
                TiledProducts::multiply,
                new KernelContext(),
                left.array(),
                right.array(),
                result.array(),
                product.m(),
                product.n(),
                product.k(),
                left.offset(),
                left.transposed() ? 1 : product.k(),
                left.transposed() ? product.m() : 1,
                left.step(),
                right.offset(),
                right.transposed() ? 1 : product.n(),
                right.transposed() ? product.k() : 1,
                right.step(),
                result.offset(),
                result.step());
    }

    private static WorkerGrid grid(MatrixProduct product) {
        var grid = new WorkerGrid3D(threads(product.n()), threads(product.m()), product.count());
        grid.setLocalWork(THREADS, THREADS, 1);
        return grid;
    }

    private static int threads(int extent) {
        return (extent + TILE - 1) / TILE * THREADS;
    }

    /**
     * TornadoVM compiles the numbers into the kernel: there is one for each product.
     *
     * @param leftRow elements from one row of the left operand to the next; one of this and {@code leftColumn} is 1
     * @param leftStep elements from one left operand to the next, where there are several
     */
    static void multiply(
            KernelContext context,
            FloatArray left,
            FloatArray right,
            FloatArray result,
            int m,
            int n,
            int k,
            int leftStart,
            int leftRow,
            int leftColumn,
            int leftStep,
            int rightStart,
            int rightRow,
            int rightColumn,
            int rightStep,
            int resultStart,
            int resultStep) {
        // 16 columns of 32 rows of the left operand, and 16 rows of 32 columns of the right one. Each begins 33
        // elements after the one before, so that no two threads write to the same bank of local memory.
        float[] leftTile = context.allocateFloatLocalArray(528);
        float[] rightTile = context.allocateFloatLocalArray(528);
        int x = context.localIdx;
        int y = context.localIdy;
        int firstRow = 32 * context.groupIdy;
        int firstColumn = 32 * context.groupIdx;
        int leftFirst = leftStart + context.groupIdz * leftStep;
        int rightFirst = rightStart + context.groupIdz * rightStep;
        float sum00 = 0f;
        float sum01 = 0f;
        float sum10 = 0f;
        float sum11 = 0f;
        for (int first = 0; first < k; first += 16) {
            for (int half = 0; half < 2; half++) {
                int element = 256 * half + 16 * y + x;
                int row = leftColumn == 1 ? element / 16 : element % 32;
                int along = leftColumn == 1 ? element % 16 : element / 32;
                float a = 0f;
                if (firstRow + row < m && first + along < k) {
                    a = left.get(leftFirst + (firstRow + row) * leftRow + (first + along) * leftColumn);
                }
                leftTile[33 * along + row] = a;
                int column = rightColumn == 1 ? element % 32 : element / 16;
                int down = rightColumn == 1 ? element / 32 : element % 16;
                float b = 0f;
                if (firstColumn + column < n && first + down < k) {
                    b = right.get(rightFirst + (first + down) * rightRow + (firstColumn + column) * rightColumn);
                }
                rightTile[33 * down + column] = b;
            }
            context.localBarrier();
            for (int i = 0; i < 16; i++) {
                float a0 = leftTile[33 * i + y];
                float a1 = leftTile[33 * i + 16 + y];
                float b0 = rightTile[33 * i + x];
                float b1 = rightTile[33 * i + 16 + x];
                sum00 += a0 * b0;
                sum01 += a0 * b1;
                sum10 += a1 * b0;
                sum11 += a1 * b1;
            }
            context.localBarrier();
        }
        int row = firstRow + y;
        int column = firstColumn + x;
        int at = resultStart + context.groupIdz * resultStep + row * n + column;
        if (row < m && column < n) {
            result.set(at, sum00);
        }
        if (row < m && column + 16 < n) {
            result.set(at + 16, sum01);
        }
        if (row + 16 < m && column < n) {
            result.set(at + 16 * n, sum10);
        }
        if (row + 16 < m && column + 16 < n) {
            result.set(at + 16 * n + 16, sum11);
        }
    }
}
