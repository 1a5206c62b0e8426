package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.doubles;
import static org.descentlang.runtime.tornado.DeviceArrays.ints;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Steps that are handed to a device together, each with its numbers and its batch: one upload, then their programs one
 * after the other, in which the device itself counts which is next, then one download of their losses.
 */
final class QueuedSteps {
    private final BatchSource.Queue batches;
    private final int loss;
    private final DoubleArray numbers;
    private final DoubleArray numbersOfSteps;
    private final DoubleArray losses;
    private final IntArray next = ints(1);
    private final DoubleArray scalars;
    private final BatchSize[] sizes;
    private int waiting;

    /** @param loss position in the scalars */
    QueuedSteps(BatchSource.Queue batches, int loss, DoubleArray numbers, DoubleArray scalars) {
        this.batches = batches;
        this.loss = loss;
        this.numbers = numbers;
        this.scalars = scalars;
        numbersOfSteps = doubles(capacity() * numbers.getSize());
        losses = doubles(capacity());
        sizes = new BatchSize[capacity()];
    }

    /** How many there is room for. */
    int capacity() {
        return batches.capacity();
    }

    List<Object> arrays() {
        var arrays = new ArrayList<Object>(List.of(numbersOfSteps, losses, next));
        arrays.addAll(batches.arrays());
        return arrays;
    }

    /** @param step the tasks of one */
    List<StepProgram> programs(List<GraphPart> step) {
        return List.of(
                new StepProgram("queue", List.of(this::touchAll), arrays(), List.of(scalars)),
                new StepProgram("next", around(step), List.of(), List.of()),
                new StepProgram("losses", List.of(this::touch), List.of(), List.of(losses)));
    }

    private List<GraphPart> around(List<GraphPart> step) {
        var parts = new ArrayList<>(step);
        GraphPart first = parts.getFirst();
        parts.set(0, (graph, forms) -> {
            batches.take(graph, next, numbersOfSteps, numbers);
            first.addTo(graph, forms);
        });
        GraphPart last = parts.getLast();
        parts.set(parts.size() - 1, (graph, forms) -> {
            last.addTo(graph, forms);
            graph.task("keepLoss", QueueKernels::keepLoss, next, scalars, losses, loss);
        });
        return parts;
    }

    private void touch(TaskGraph graph, Forms forms) {
        graph.task("touchQueue", QueueKernels::touch, numbersOfSteps, losses, next, scalars);
    }

    void touchAll(TaskGraph graph, Forms forms) {
        touch(graph, forms);
        batches.touch(graph);
    }

    /** Copies what the host has made ready for a step. */
    void add(BatchSize size) {
        for (int i = 0; i < numbers.getSize(); i++) {
            numbersOfSteps.set(waiting * numbers.getSize() + i, numbers.get(i));
        }
        batches.add(waiting);
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
