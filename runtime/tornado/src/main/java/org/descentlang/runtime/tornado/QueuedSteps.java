package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.doubles;
import static org.descentlang.runtime.tornado.DeviceArrays.floats;
import static org.descentlang.runtime.tornado.DeviceArrays.ints;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Steps that are handed to a device together, each with its numbers and its batch: one upload, then their programs one
 * after the other, in which the device itself counts which is next, then one download of their losses.
 */
final class QueuedSteps {
    /** Batches that lie on the device at once have at most so many elements: 256 MiB. */
    private static final int MOST_ELEMENTS = 1 << 26;

    private final int loss;
    private final DoubleArray numbers;
    private final DoubleArray numbersOfSteps;
    private final FloatArray floatsOfSteps;
    private final IntArray intsOfSteps;
    private final DoubleArray losses;
    private final IntArray next = ints(1);
    private final FloatArray floatInputs;
    private final IntArray intInputs;
    private final DoubleArray scalars;
    private final BatchSize[] sizes;
    private int waiting;

    /** @param loss position in the scalars */
    QueuedSteps(
            int steps, int loss, DoubleArray numbers, FloatArray floatInputs, IntArray intInputs, DoubleArray scalars) {
        this.loss = loss;
        this.numbers = numbers;
        this.floatInputs = floatInputs;
        this.intInputs = intInputs;
        this.scalars = scalars;
        int largest = Math.max(floatInputs.getSize(), intInputs.getSize());
        int capacity = Math.clamp(MOST_ELEMENTS / largest, 1, steps);
        numbersOfSteps = doubles(capacity * numbers.getSize());
        floatsOfSteps = floats(capacity * floatInputs.getSize());
        intsOfSteps = ints(capacity * intInputs.getSize());
        losses = doubles(capacity);
        sizes = new BatchSize[capacity];
    }

    /** How many there is room for. */
    int capacity() {
        return sizes.length;
    }

    List<Object> arrays() {
        return List.of(numbersOfSteps, floatsOfSteps, intsOfSteps, losses, next);
    }

    /** @param step the tasks of one */
    List<StepProgram> programs(List<GraphPart> step) {
        return List.of(
                new StepProgram("queue", List.of(this::touch), arrays(), List.of(scalars)),
                new StepProgram("next", around(step), List.of(), List.of()),
                new StepProgram("losses", List.of(this::touch), List.of(), List.of(losses)));
    }

    private List<GraphPart> around(List<GraphPart> step) {
        var parts = new ArrayList<>(step);
        GraphPart first = parts.getFirst();
        parts.set(0, (graph, forms) -> {
            take(graph);
            first.addTo(graph, forms);
        });
        GraphPart last = parts.getLast();
        parts.set(parts.size() - 1, (graph, forms) -> {
            last.addTo(graph, forms);
            graph.task("keepLoss", QueueKernels::keepLoss, next, scalars, losses, loss);
        });
        return parts;
    }

    private void take(TaskGraph graph) {
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

    void touch(TaskGraph graph, Forms forms) {
        graph.task(
                "touchQueue", QueueKernels::touch, numbersOfSteps, floatsOfSteps, intsOfSteps, losses, next, scalars);
    }

    /** Copies what the host has made ready for a step. */
    void add(BatchSize size, float[] floatBatch, int[] intBatch) {
        for (int i = 0; i < numbers.getSize(); i++) {
            numbersOfSteps.set(waiting * numbers.getSize() + i, numbers.get(i));
        }
        for (int i = 0; i < floatBatch.length; i++) {
            floatsOfSteps.set(waiting * floatBatch.length + i, floatBatch[i]);
        }
        for (int i = 0; i < intBatch.length; i++) {
            intsOfSteps.set(waiting * intBatch.length + i, intBatch[i]);
        }
        sizes[waiting++] = size;
    }

    void run(Execution execution, double[] found) {
        next.set(0, 0);
        execution.run("queue");
        for (int i = 0; i < waiting; i++) {
            execution.run("next", sizes[i]);
        }
        execution.run("losses");
        for (int i = 0; i < waiting; i++) {
            found[i] = losses.get(i);
        }
        waiting = 0;
    }
}
