package org.descentlang.compiler.op;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/**
 * A tensor of known size in row-major order. An i32 is held as a whole number, a bool as 0 or 1.
 *
 * @param sizes of the axes, outermost first; none for a scalar
 */
public record TensorValue(ElementType element, int[] sizes, double[] data) {
    public TensorValue {
        if (count(sizes) != data.length) {
            throw new IllegalArgumentException(data.length + " elements do not fill " + Arrays.toString(sizes));
        }
    }

    public static TensorValue scalar(double value) {
        return new TensorValue(ElementType.F32, new int[0], new double[] {value});
    }

    /** An f32 tensor. */
    public static TensorValue of(int[] sizes, double... data) {
        return new TensorValue(ElementType.F32, sizes, data);
    }

    /** Zeros of a type, for a batch of {@code batch} examples. */
    public static TensorValue zeros(TensorType type, long batch) {
        int[] sizes = sizes(type, batch);
        return new TensorValue(type.element(), sizes, new double[count(sizes)]);
    }

    /** Values of one type along a new first axis. */
    static TensorValue stacked(List<TensorValue> elements) {
        TensorValue first = elements.getFirst();
        int[] sizes = IntStream.concat(IntStream.of(elements.size()), Arrays.stream(first.sizes))
                .toArray();
        double[] data = elements.stream()
                .flatMapToDouble(element -> Arrays.stream(element.data))
                .toArray();
        return new TensorValue(first.element, sizes, data);
    }

    /** Along the first axis. */
    TensorValue element(int number) {
        int[] rest = Arrays.copyOfRange(sizes, 1, sizes.length);
        int size = count(rest);
        return new TensorValue(element, rest, Arrays.copyOfRange(data, number * size, (number + 1) * size));
    }

    public int count() {
        return data.length;
    }

    /** The value of a tensor with one element. */
    public double single() {
        if (data.length != 1) {
            throw new IllegalStateException(data.length + " elements, not one");
        }
        return data[0];
    }

    /** Whether this is a value of {@code type} for a batch of {@code batch} examples. */
    public boolean fits(TensorType type, long batch) {
        return element == type.element() && Arrays.equals(sizes, sizes(type, batch));
    }

    static int[] sizes(TensorType type, long batch) {
        return type.shape().dims().stream()
                .mapToInt(dim -> Math.toIntExact(dim.size(batch)))
                .toArray();
    }

    /** How far apart, in elements, neighbours along each axis are. */
    static int[] strides(int[] sizes) {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        return strides;
    }

    static int count(int[] sizes) {
        int count = 1;
        for (int size : sizes) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    @Override
    public String toString() {
        return element + Arrays.toString(sizes) + " " + Arrays.toString(data);
    }
}
