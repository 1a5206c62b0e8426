package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of {@link QueuedSteps}. */
final class QueueKernels {
    private QueueKernels() {}

    /** TornadoVM transfers what a task uses. */
    static void touch(DoubleArray numbersOfSteps, DoubleArray losses, IntArray next, DoubleArray scalars) {
        numbersOfSteps.set(0, numbersOfSteps.get(0));
        losses.set(0, losses.get(0));
        next.set(0, next.get(0));
        scalars.set(0, scalars.get(0));
    }

    static void touchBatches(FloatArray floatsOfSteps, IntArray intsOfSteps) {
        floatsOfSteps.set(0, floatsOfSteps.get(0));
        intsOfSteps.set(0, intsOfSteps.get(0));
    }

    /** @param most the size of the largest of the last three arrays */
    static void take(
            IntArray next,
            DoubleArray numbersOfSteps,
            FloatArray floatsOfSteps,
            IntArray intsOfSteps,
            DoubleArray numbers,
            FloatArray floatInputs,
            IntArray intInputs,
            int most) {
        for (@Parallel int i = 0; i < most; i++) {
            int step = next.get(0);
            if (i < numbers.getSize()) {
                numbers.set(i, numbersOfSteps.get(step * numbers.getSize() + i));
            }
            if (i < floatInputs.getSize()) {
                floatInputs.set(i, floatsOfSteps.get(step * floatInputs.getSize() + i));
            }
            if (i < intInputs.getSize()) {
                intInputs.set(i, intsOfSteps.get(step * intInputs.getSize() + i));
            }
        }
    }

    static void keepLoss(IntArray next, DoubleArray scalars, DoubleArray losses, int position) {
        int step = next.get(0);
        losses.set(step, scalars.get(position));
        next.set(0, step + 1);
    }
}
