package org.descentlang.runtime.kernel;

import org.descentlang.runtime.kernel.window.ChannelKernel;

/** Plain loops until HotSpot has compiled vectors: each call is a turn of the one or the other. */
final class ChannelKernelTurns implements ChannelKernel {
    private static final int FILTER = 0;
    private static final int CORRELATE = 1;
    private static final int LARGEST = 2;

    private final ChannelKernel plain;
    private final ChannelKernel vectors;
    private final KernelTurns turns = new KernelTurns(3);

    ChannelKernelTurns(ChannelKernel plain, ChannelKernel vectors) {
        this.plain = plain;
        this.vectors = vectors;
    }

    private ChannelKernel of(long turn) {
        return KernelTurns.isVectors(turn) ? vectors : plain;
    }

    @Override
    public void filter(
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
            boolean add) {
        long turn = turns.begin(FILTER);
        of(turn).filter(pixels, channels, taps, read, readAt, readPixel, readTap, w, wAt, wTap, to, toAt, toPixel, add);
        turns.end(FILTER, turn, (long) pixels * channels * taps);
    }

    @Override
    public void correlate(
            int pixels,
            int channels,
            float[] x,
            int xAt,
            int xPixel,
            float[] y,
            int yAt,
            int yPixel,
            float[] sums,
            int sumsAt) {
        long turn = turns.begin(CORRELATE);
        of(turn).correlate(pixels, channels, x, xAt, xPixel, y, yAt, yPixel, sums, sumsAt);
        turns.end(CORRELATE, turn, (long) pixels * channels);
    }

    @Override
    public void largest(
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
            int resultAt) {
        long turn = turns.begin(LARGEST);
        of(turn).largest(pixels, channels, x, xAt, first, pixel, planes, plane, rows, row, taps, tap, result, resultAt);
        turns.end(LARGEST, turn, (long) pixels * channels * planes * rows * taps);
    }
}
