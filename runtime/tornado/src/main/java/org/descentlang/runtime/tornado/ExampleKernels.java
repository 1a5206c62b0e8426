package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of {@link KeptExamples}. Loops over columns are the outer ones, so that neighbours write neighbours. */
final class ExampleKernels {
    private ExampleKernels() {}

    /** TornadoVM transfers what a task uses. */
    static void touch(FloatArray floatRows, IntArray intRows, IntArray places, IntArray batch) {
        floatRows.set(0, floatRows.get(0));
        intRows.set(0, intRows.get(0));
        places.set(0, places.get(0));
        batch.set(0, batch.get(0));
    }

    static void touchBatches(IntArray batchesOfSteps) {
        batchesOfSteps.set(0, batchesOfSteps.get(0));
    }

    /**
     * Copies the examples of a batch to where programs read them.
     *
     * @param columns the larger of the two numbers of columns
     */
    static void gather(
            IntArray batch,
            FloatArray floatRows,
            IntArray intRows,
            IntArray places,
            FloatArray floatInputs,
            IntArray intInputs,
            int floatColumns,
            int intColumns,
            int columns,
            int rows) {
        for (@Parallel int column = 0; column < columns; column++) {
            for (@Parallel int row = 0; row < rows; row++) {
                int example = batch.get(row);
                if (column < floatColumns) {
                    floatInputs.set(
                            places.get(2 * column) + column + row * places.get(2 * column + 1),
                            floatRows.get(example * floatColumns + column));
                }
                if (column < intColumns) {
                    int place = 2 * (floatColumns + column);
                    intInputs.set(
                            places.get(place) + column + row * places.get(place + 1),
                            intRows.get(example * intColumns + column));
                }
            }
        }
    }

    /**
     * The same for the batch that is next, and the numbers of its step.
     *
     * @param columns the largest of the two numbers of columns and that of the numbers
     */
    static void take(
            IntArray next,
            DoubleArray numbersOfSteps,
            DoubleArray numbers,
            IntArray batchesOfSteps,
            FloatArray floatRows,
            IntArray intRows,
            IntArray places,
            FloatArray floatInputs,
            IntArray intInputs,
            int floatColumns,
            int intColumns,
            int columns,
            int rows) {
        for (@Parallel int column = 0; column < columns; column++) {
            for (@Parallel int row = 0; row < rows; row++) {
                int step = next.get(0);
                if (row == 0 && column < numbers.getSize()) {
                    numbers.set(column, numbersOfSteps.get(step * numbers.getSize() + column));
                }
                int example = batchesOfSteps.get(step * rows + row);
                if (column < floatColumns) {
                    floatInputs.set(
                            places.get(2 * column) + column + row * places.get(2 * column + 1),
                            floatRows.get(example * floatColumns + column));
                }
                if (column < intColumns) {
                    int place = 2 * (floatColumns + column);
                    intInputs.set(
                            places.get(place) + column + row * places.get(place + 1),
                            intRows.get(example * intColumns + column));
                }
            }
        }
    }
}
