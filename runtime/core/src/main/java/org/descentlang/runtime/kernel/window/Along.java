package org.descentlang.runtime.kernel.window;

/**
 * Windows along one axis: element {@code k} of the window at position {@code p} is element {@code p * stride + k *
 * dilation - before}. What lies outside is padding.
 *
 * @param input elements that the axis has
 * @param size elements of a window
 * @param positions how many windows there are
 */
record Along(int input, int size, int stride, int dilation, int before, int positions) {
    static final int NONE = -1;

    /** An axis that is not there. */
    static final Along ONE = new Along(1, 1, 1, 1, 0, 1);

    /** {@link #NONE} in the padding. */
    int element(int position, int k) {
        int element = position * stride + k * dilation - before;
        return element >= 0 && element < input ? element : NONE;
    }

    /** The first window whose element {@code k} is not in the padding, and the one after the last. */
    int firstPosition(int k) {
        return Math.max(0, Math.ceilDiv(before - k * dilation, stride));
    }

    int endPosition(int k) {
        return Math.clamp(Math.ceilDiv(input + before - k * dilation, stride), 0, positions);
    }

    /** The window of which {@code element} is element {@code k}, if there is one. */
    int position(int element, int k) {
        int from = element + before - k * dilation;
        return from >= 0 && from % stride == 0 && from / stride < positions ? from / stride : NONE;
    }

    /** Whether there is nothing but the element itself in each window. */
    boolean isIdentity() {
        return size == 1 && stride == 1 && before == 0 && positions == input;
    }
}
