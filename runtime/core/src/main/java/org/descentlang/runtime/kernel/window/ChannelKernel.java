package org.descentlang.runtime.kernel.window;

/** Loops over channels that lie side by side, each by itself. Every kernel gives the same bits. */
public interface ChannelKernel {
    /**
     * Pixels of a row from {@code taps} pixels each: the chain of fused multiply-adds that starts with 0, or with what
     * is there if {@code add}.
     *
     * @param readPixel elements from what the first pixel begins with to what the next one does
     * @param readTap elements from one tap to the next
     */
    void filter(
            int pixels,
            int channels,
            int taps,
            float[] read,
            int readAt,
            int readPixel,
            int readTap,
            float[] w,
            int wAt,
            int wTap,
            float[] to,
            int toAt,
            int toPixel,
            boolean add);

    /** {@code sums}, one for each channel, plus products of pixels: a chain of fused multiply-adds. */
    void correlate(
            int pixels,
            int channels,
            float[] x,
            int xAt,
            int xPixel,
            float[] y,
            int yAt,
            int yPixel,
            float[] sums,
            int sumsAt);

    /**
     * For pixels of a row, the number of the largest element among some; the first one if several are equal, or not a
     * number. Element {@code n} of a channel is at {@code x[xAt + n * channels]}.
     *
     * @param first number of the first pixel's first element
     * @param pixel numbers from one pixel to the next; {@code plane}, {@code row}, {@code tap} are from one element to
     *     another of a window, which has {@code planes} times {@code rows} times {@code taps} of them
     */
    void largest(
            int pixels,
            int channels,
            float[] x,
            int xAt,
            int first,
            int pixel,
            int planes,
            int plane,
            int rows,
            int row,
            int taps,
            int tap,
            int[] result,
            int resultAt);
}
