package org.descentlang.compiler.emit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.descentlang.compiler.op.TensorValue;

/**
 * How a case of ONNX is written in the language: an expression, what it needs declared, and its tensors in our layout,
 * where channels are last.
 */
final class OnnxTranslation {
    final String text;
    final Map<String, TensorValue> operands = new LinkedHashMap<>();
    final Map<String, TensorValue> parameters = new LinkedHashMap<>();
    final Map<String, TensorValue> running = new LinkedHashMap<>();
    String declarations = "";
    boolean inference;
    String lacking = "";
    int[] order = {};

    private OnnxTranslation(String text) {
        this.text = text;
    }

    static OnnxTranslation of(String text) {
        return new OnnxTranslation(text);
    }

    /** What the language does not have, on purpose. */
    static OnnxTranslation lacking(String why) {
        var translation = new OnnxTranslation("");
        translation.lacking = why;
        return translation;
    }

    OnnxTranslation with(String name, TensorValue operand) {
        operands.put(name, operand);
        return this;
    }

    OnnxTranslation parameter(String path, TensorValue value) {
        parameters.put(path, value);
        return this;
    }

    OnnxTranslation running(String path, TensorValue value) {
        running.put(path, value);
        return this;
    }

    OnnxTranslation declaring(String text) {
        declarations = text;
        return this;
    }

    OnnxTranslation inInference() {
        inference = true;
        return this;
    }

    /** Axis {@code i} of ONNX's result is our axis {@code axes[i]}. */
    OnnxTranslation ordered(int... axes) {
        order = axes;
        return this;
    }

    /** Axis {@code i} of the result is axis {@code axes[i]} of the tensor. */
    static TensorValue permuted(TensorValue value, int... axes) {
        int[] from = value.sizes();
        int[] sizes = Arrays.stream(axes).map(axis -> from[axis]).toArray();
        double[] data = new double[value.count()];
        for (int i = 0; i < data.length; i++) {
            int rest = i;
            int[] at = new int[from.length];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                at[axes[axis]] = rest % sizes[axis];
                rest /= sizes[axis];
            }
            int place = 0;
            for (int axis = 0; axis < from.length; axis++) {
                place = place * from[axis] + at[axis];
            }
            data[i] = value.data()[place];
        }
        return new TensorValue(value.element(), sizes, data);
    }

    /** The channels, ONNX's second axis, last. */
    static TensorValue channelsLast(TensorValue value) {
        int[] axes = OnnxCase.last(value.sizes().length, 1);
        return permuted(value, axes);
    }

    /** The order of axes that brings a last axis back to {@code axis}. */
    static int[] back(int rank, int axis) {
        return IntStream.range(0, rank)
                .map(a -> a == axis ? rank - 1 : a < axis ? a : a - 1)
                .toArray();
    }

    /** The axes from {@code axis} on as one. */
    static TensorValue flattened(TensorValue value, int axis) {
        int[] sizes = Arrays.copyOf(value.sizes(), axis + 1);
        sizes[axis] = Arrays.stream(value.sizes()).skip(axis).reduce(1, (a, b) -> a * b);
        return new TensorValue(value.element(), sizes, value.data());
    }
}
