package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.copy;
import static org.descentlang.runtime.tornado.DeviceArrays.floats;
import static org.descentlang.runtime.tornado.DeviceArrays.ints;

import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The host has the examples, and sends those of each batch.
 *
 * @param floatBatch where the host puts them, and
 * @param intBatch likewise, the whole numbers
 * @param floatInputs where programs read them, and
 * @param intInputs likewise, the whole numbers
 */
record SentBatches(float[] floatBatch, int[] intBatch, FloatArray floatInputs, IntArray intInputs)
        implements BatchSource {
    /** Batches that lie on the device at once have at most so many elements: 256 MiB. */
    private static final int MOST_ELEMENTS = 1 << 26;

    @Override
    public List<Object> arrays() {
        return List.of();
    }

    @Override
    public List<Object> uploads() {
        return List.of(floatInputs, intInputs);
    }

    @Override
    public void ready() {
        copy(floatBatch, floatInputs);
        copy(intBatch, intInputs);
    }

    @Override
    public void touch(TaskGraph graph) {
        // The inputs are the programs' own.
    }

    @Override
    public void addTo(TaskGraph graph) {
        // They are where programs read them.
    }

    @Override
    public BatchSource.Queue queue(int steps) {
        int largest = Math.max(floatInputs.getSize(), intInputs.getSize());
        return new Queue(Math.clamp(MOST_ELEMENTS / largest, 1, steps));
    }

    private final class Queue implements BatchSource.Queue {
        private final int capacity;
        private final FloatArray floatsOfSteps;
        private final IntArray intsOfSteps;

        Queue(int capacity) {
            this.capacity = capacity;
            floatsOfSteps = floats(capacity * floatInputs.getSize());
            intsOfSteps = ints(capacity * intInputs.getSize());
        }

        @Override
        public int capacity() {
            return capacity;
        }

        @Override
        public List<Object> arrays() {
            return List.of(floatsOfSteps, intsOfSteps);
        }

        @Override
        public void add(int step) {
            for (int i = 0; i < floatBatch.length; i++) {
                floatsOfSteps.set(step * floatBatch.length + i, floatBatch[i]);
            }
            for (int i = 0; i < intBatch.length; i++) {
                intsOfSteps.set(step * intBatch.length + i, intBatch[i]);
            }
        }

        @Override
        public void touch(TaskGraph graph) {
            graph.task("touchBatches", QueueKernels::touchBatches, floatsOfSteps, intsOfSteps);
        }

        @Override
        public void take(TaskGraph graph, IntArray next, DoubleArray numbersOfSteps, DoubleArray numbers) {
            graph.task(
                    "take",
                    QueueKernels::take,
                    next,
                    numbersOfSteps,
                    floatsOfSteps,
                    intsOfSteps,
                    numbers,
                    floatInputs,
                    intInputs,
                    Math.max(numbers.getSize(), Math.max(floatInputs.getSize(), intInputs.getSize())));
        }
    }
}
