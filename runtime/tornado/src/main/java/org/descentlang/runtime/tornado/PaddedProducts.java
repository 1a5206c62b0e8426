package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Products of batches with fewer rows, by what multiplies those of full batches: what it would add up for rows that are
 * not there is made zero first. Their memory belongs to the operands and is not read otherwise.
 */
record PaddedProducts(Products ofFullBatches) implements Products {
    @Override
    public void add(TaskGraph graph, GridScheduler grids, MatrixProduct product, Runnable loops) {
        switch (product.fewerRows()) {
            case FewerRows.Unread _ -> ofFullBatches.add(graph, grids, product, loops);
            case FewerRows.Summed summed -> {
                zero(graph, summed, product.task() + "ZeroLeft", product.left(), product.k(), product.m());
                zero(graph, summed, product.task() + "ZeroRight", product.right(), product.k(), product.n());
                ofFullBatches.add(graph, grids, product, loops);
            }
            case FewerRows.Moved _ -> loops.run();
        }
    }

    private static void zero(TaskGraph graph, FewerRows.Summed summed, String task, Matrix matrix, int k, int width) {
        graph.task(
                task,
                PaddedProducts::zeroBehind,
                summed.numbers(),
                matrix.array(),
                matrix.offset(),
                k * width,
                summed.each() * width);
    }

    /** @param each elements for every row of the batch */
    static void zeroBehind(DoubleArray numbers, FloatArray values, int first, int size, int each) {
        int end = each * (int) numbers.get(Numbers.ROWS);
        for (@Parallel int i = 0; i < size; i++) {
            if (i >= end) {
                values.set(first + i, 0f);
            }
        }
    }
}
