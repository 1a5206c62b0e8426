package org.descentlang.runtime.kernel.window;

/** One channel after the other. */
public final class PlainChannelKernel implements ChannelKernel {
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
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                int from = readAt + pixel * readPixel + channel;
                int at = toAt + pixel * toPixel + channel;
                float sum = add ? to[at] : 0;
                for (int tap = 0; tap < taps; tap++) {
                    sum = Math.fma(read[from + tap * readTap], w[wAt + channel + tap * wTap], sum);
                }
                to[at] = sum;
            }
        }
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
        for (int pixel = 0; pixel < pixels; pixel++) {
            int ofX = xAt + pixel * xPixel;
            int ofY = yAt + pixel * yPixel;
            for (int channel = 0; channel < channels; channel++) {
                sums[sumsAt + channel] = Math.fma(x[ofX + channel], y[ofY + channel], sums[sumsAt + channel]);
            }
        }
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
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < channels; channel++) {
                result[resultAt + i * channels + channel] =
                        largest(channels, x, xAt + channel, first + i * pixel, planes, plane, rows, row, taps, tap);
            }
        }
    }

    /** Of one channel. */
    public static int largest(
            int channels, float[] x, int at, int first, int planes, int plane, int rows, int row, int taps, int tap) {
        int where = first;
        float best = x[at + first * channels];
        for (int p = 0; p < planes; p++) {
            for (int r = 0; r < rows; r++) {
                for (int t = 0; t < taps; t++) {
                    int number = first + p * plane + r * row + t * tap;
                    float next = x[at + number * channels];
                    // A number that is not one is larger, but not than another.
                    if (!(next <= best) && !Float.isNaN(best)) {
                        best = next;
                        where = number;
                    }
                }
            }
        }
        return where;
    }
}
