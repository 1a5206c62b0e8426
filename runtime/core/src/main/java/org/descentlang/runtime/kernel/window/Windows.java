package org.descentlang.runtime.kernel.window;

/**
 * Windows over tensors [examples, spatial…, channels] with up to three spatial axes.
 *
 * @param channels of the input
 * @param units of what there is for each window
 * @param groups in so many equal shares, channels and units meet only their own
 */
public record Windows(int channels, int units, int groups, Along first, Along second, Along last) {
    public static Windows of(int channels, int units, int groups) {
        return new Windows(channels, units, groups, Along.ONE, Along.ONE, Along.ONE);
    }

    /** With one more axis, the innermost. Axes in which windows have one element are one. */
    public Windows along(int input, int size, int stride, int dilation, int before, int positions) {
        var along = new Along(input, size, stride, dilation, before, positions);
        return along.isIdentity() && last.isIdentity()
                ? new Windows(channels, units, groups, first, second, plain(last.input() * input))
                : new Windows(channels, units, groups, second, last, along);
    }

    private static Along plain(int size) {
        return new Along(size, 1, 1, 1, 0, size);
    }

    /** Rows of pixels of an example's input. */
    int inputRows() {
        return first.input() * second.input();
    }

    int positionRows() {
        return first.positions() * second.positions();
    }

    /** Elements of an example's input. */
    int inputSize() {
        return inputRows() * last.input() * channels;
    }

    int positionsSize() {
        return positionRows() * last.positions() * units;
    }

    /** Elements of a window along the axes before the last one. */
    int outerTaps() {
        return first.size() * second.size();
    }

    int filterSize() {
        return outerTaps() * last.size() * (channels / groups) * units;
    }

    /** The input's row of pixels that a row of positions meets, or {@link Along#NONE}. */
    int inputRow(int positionRow, int tap) {
        int outer = first.element(positionRow / second.positions(), tap / second.size());
        int inner = second.element(positionRow % second.positions(), tap % second.size());
        return outer == Along.NONE || inner == Along.NONE ? Along.NONE : outer * second.input() + inner;
    }

    int positionRow(int inputRow, int tap) {
        int outer = first.position(inputRow / second.input(), tap / second.size());
        int inner = second.position(inputRow % second.input(), tap % second.size());
        return outer == Along.NONE || inner == Along.NONE ? Along.NONE : outer * second.positions() + inner;
    }
}
