package org.descentlang.runtime.tornado;

import static org.descentlang.runtime.tornado.DeviceArrays.floats;

import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The gradients of several micro-batches, which are added up on the device. */
final class SummedGradients {
    private static final String KEEP = "keep";
    private static final String ADD = "add";
    private static final String AVERAGE = "multiply";

    private final DoubleArray numbers;
    private final FloatArray gradients;
    private final FloatArray sum;

    SummedGradients(DoubleArray numbers, FloatArray gradients) {
        this.numbers = numbers;
        this.gradients = gradients;
        sum = floats(gradients.getSize());
    }

    FloatArray sum() {
        return sum;
    }

    List<StepProgram> programs() {
        List<Object> given = List.of(numbers);
        return List.of(
                new StepProgram(KEEP, List.of(this::keep), List.of(), List.of()),
                new StepProgram(ADD, List.of(this::add), given, given),
                new StepProgram(AVERAGE, List.of(this::average), given, given));
    }

    private void keep(TaskGraph graph, Forms forms) {
        graph.task("copy", TransferKernels::copy, gradients, sum);
    }

    private void add(TaskGraph graph, Forms forms) {
        graph.task("add", TransferKernels::add, numbers, gradients, sum);
    }

    private void average(TaskGraph graph, Forms forms) {
        graph.task("multiply", TransferKernels::multiply, numbers, sum, gradients);
    }

    /** @param first whether the sum begins with them, unweighted */
    void add(Execution execution, double weight, boolean first) {
        if (first) {
            execution.run(KEEP);
        } else {
            run(execution, ADD, weight);
        }
    }

    /** Makes the gradients {@code scale} times the sum. */
    void average(Execution execution, double scale) {
        run(execution, AVERAGE, scale);
    }

    /** The factor is where the number of rows would be. */
    private void run(Execution execution, String program, double factor) {
        numbers.set(Numbers.ROWS, factor);
        execution.run(program);
    }
}
