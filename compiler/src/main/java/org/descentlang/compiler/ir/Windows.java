package org.descentlang.compiler.ir;

import java.util.List;
import java.util.function.ToLongFunction;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/**
 * How windows lie over the spatial axes of a tensor [batch, spatial…, channels]. Element {@code k} of the window at
 * position {@code p} is element {@code p * stride + k * dilation - before} of an axis. What lies outside is padding.
 */
public record Windows(List<Along> axes) {
    public Windows {
        axes = List.copyOf(axes);
    }

    /**
     * Along one axis.
     *
     * @param input elements that the axis has
     * @param size elements of a window
     * @param stride from one window to the next
     * @param dilation from one element of a window to the next
     * @param before padding before the first element
     * @param positions how many windows there are
     */
    public record Along(long input, long size, long stride, long dilation, long before, long positions) {
        public Along {
            if (input < 1 || size < 1 || stride < 1 || dilation < 1 || before < 0 || positions < 1) {
                throw new IllegalArgumentException("no windows: %d elements, %d of %d, %d apart, from -%d, dilated %d"
                        .formatted(input, positions, size, stride, before, dilation));
            }
        }

        /** Where an element of a window lies; outside of the axis if in the padding. */
        public long element(long position, long k) {
            return position * stride + k * dilation - before;
        }

        /** What a window reaches over. */
        public long span() {
            return (size - 1) * dilation + 1;
        }
    }

    public int rank() {
        return axes.size();
    }

    public Shape inputs() {
        return shape(Along::input);
    }

    public Shape sizes() {
        return shape(Along::size);
    }

    public Shape positions() {
        return shape(Along::positions);
    }

    private Shape shape(ToLongFunction<Along> extent) {
        return new Shape(
                axes.stream().map(axis -> Dim.of(extent.applyAsLong(axis))).toList());
    }
}
