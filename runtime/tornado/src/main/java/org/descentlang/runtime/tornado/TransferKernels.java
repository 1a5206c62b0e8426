package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels that are the same for every training. */
final class TransferKernels {
    private TransferKernels() {}

    /** TornadoVM transfers what a task uses: this one uses everything and changes nothing. */
    static void touch(
            DoubleArray numbers,
            DoubleArray scalars,
            DoubleArray partials,
            FloatArray work,
            IntArray integers,
            FloatArray floatInputs,
            IntArray intInputs,
            FloatArray parameters,
            FloatArray ahead,
            FloatArray gradients,
            FloatArray sum,
            FloatArray states,
            FloatArray running,
            FloatArray statistics) {
        numbers.set(0, numbers.get(0));
        scalars.set(0, scalars.get(0));
        partials.set(0, partials.get(0));
        work.set(0, work.get(0));
        integers.set(0, integers.get(0));
        floatInputs.set(0, floatInputs.get(0));
        intInputs.set(0, intInputs.get(0));
        parameters.set(0, parameters.get(0));
        ahead.set(0, ahead.get(0));
        gradients.set(0, gradients.get(0));
        sum.set(0, sum.get(0));
        states.set(0, states.get(0));
        running.set(0, running.get(0));
        statistics.set(0, statistics.get(0));
    }

    static void touchPrediction(
            DoubleArray numbers,
            DoubleArray scalars,
            DoubleArray partials,
            FloatArray work,
            IntArray integers,
            FloatArray floatInputs,
            IntArray intInputs,
            FloatArray parameters,
            FloatArray running,
            FloatArray outputs) {
        numbers.set(0, numbers.get(0));
        scalars.set(0, scalars.get(0));
        partials.set(0, partials.get(0));
        work.set(0, work.get(0));
        integers.set(0, integers.get(0));
        floatInputs.set(0, floatInputs.get(0));
        intInputs.set(0, intInputs.get(0));
        parameters.set(0, parameters.get(0));
        running.set(0, running.get(0));
        outputs.set(0, outputs.get(0));
    }

    static void copy(FloatArray from, FloatArray to) {
        for (@Parallel int i = 0; i < from.getSize(); i++) {
            to.set(i, from.get(i));
        }
    }

    /** By the first of the numbers. */
    static void add(DoubleArray numbers, FloatArray from, FloatArray to) {
        float factor = (float) numbers.get(0);
        for (@Parallel int i = 0; i < from.getSize(); i++) {
            to.set(i, to.get(i) + factor * from.get(i));
        }
    }

    /** By the first of the numbers. */
    static void multiply(DoubleArray numbers, FloatArray from, FloatArray to) {
        float factor = (float) numbers.get(0);
        for (@Parallel int i = 0; i < from.getSize(); i++) {
            to.set(i, factor * from.get(i));
        }
    }
}
