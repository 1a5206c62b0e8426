package org.descentlang.runtime.tornado;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;

/**
 * Matrix products as calls of cuBLAS, whose matrices are in column-major order: what is C = A B in rows is C' = B' A'
 * in columns, so the operands change places and each leading dimension is the length of a row.
 *
 * <p>The arguments are those of {@code cublasSgemm} and {@code cublasSgemmStridedBatched}, in their order, and after
 * them where the three matrices begin in their arrays, in elements: {@link SlicedCublas} adds that to the addresses.
 */
record Sgemm(Precision precision) implements Products {
    static final String SINGLE = "cublasSgemm";
    static final String BATCHED = "cublasSgemmStridedBatched";

    private static final int PLAIN = 0;
    private static final int TRANSPOSED = 1;

    @Override
    public void add(TaskGraph graph, GridScheduler grids, MatrixProduct product, Runnable loops) {
        graph.libraryTask(product.task(), this::call, product);
    }

    LibraryTaskDescriptor call(MatrixProduct product) {
        boolean single = product.count() == 1;
        Object[] arguments = single ? single(product) : batched(product);
        var access = new Access[arguments.length];
        Arrays.fill(access, Access.READ_ONLY);
        // Only a part of the array is written: the rest must stay.
        access[single ? 11 : 13] = Access.READ_WRITE;
        var call = new LibraryTaskDescriptor()
                .withLibrary(SlicedCublas.NAME)
                .withFunction(single ? SINGLE : BATCHED)
                .withParameters(arguments)
                .withAccess(access);
        return switch (precision) {
            case F32 -> call;
            case TF32 -> call.withTuning(TensorCores.tf32());
        };
    }

    private static Object[] single(MatrixProduct product) {
        Matrix a = product.right();
        Matrix b = product.left();
        Matrix c = product.result();
        return new Object[] {
            operation(a),
            operation(b),
            product.n(),
            product.m(),
            product.k(),
            1f,
            a.array(),
            row(a, product.k(), product.n()),
            b.array(),
            row(b, product.m(), product.k()),
            0f,
            c.array(),
            product.n(),
            a.offset(),
            b.offset(),
            c.offset()
        };
    }

    private static Object[] batched(MatrixProduct product) {
        Matrix a = product.right();
        Matrix b = product.left();
        Matrix c = product.result();
        return new Object[] {
            operation(a),
            operation(b),
            product.n(),
            product.m(),
            product.k(),
            1f,
            a.array(),
            row(a, product.k(), product.n()),
            (long) a.step(),
            b.array(),
            row(b, product.m(), product.k()),
            (long) b.step(),
            0f,
            c.array(),
            product.n(),
            (long) c.step(),
            product.count(),
            a.offset(),
            b.offset(),
            c.offset()
        };
    }

    private static int operation(Matrix matrix) {
        return matrix.transposed() ? TRANSPOSED : PLAIN;
    }

    /** How long a row is in memory. */
    private static int row(Matrix matrix, int rows, int columns) {
        return matrix.transposed() ? rows : columns;
    }
}
