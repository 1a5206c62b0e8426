package org.descentlang.runtime.kernel.vector;

import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.LANES;
import static org.descentlang.runtime.kernel.vector.VectorMatrixKernel.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.descentlang.runtime.kernel.window.ChannelKernel;
import org.descentlang.runtime.kernel.window.PlainChannelKernel;

/**
 * As many channels at a time as a vector has lanes; the last ones, which fill none, are left to the plain kernel.
 *
 * <p>Whole numbers are kept as the bits of floats, so that there is one class of masks in the process
 * (docs/design/0006).
 */
public final class VectorChannelKernel implements ChannelKernel {
    private final PlainChannelKernel plain = new PlainChannelKernel();

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
        int whole = channels - channels % LANES;
        for (int pixel = 0; pixel < pixels; pixel++) {
            int ofRead = readAt + pixel * readPixel;
            int ofTo = toAt + pixel * toPixel;
            for (int channel = 0; channel < whole; channel += LANES) {
                FloatVector sum = FloatVector.zero(SPECIES);
                if (add) {
                    sum = FloatVector.fromArray(SPECIES, to, ofTo + channel);
                }
                int from = ofRead + channel;
                int filter = wAt + channel;
                for (int tap = 0; tap < taps; tap++) {
                    FloatVector factor = FloatVector.fromArray(SPECIES, w, filter);
                    sum = FloatVector.fromArray(SPECIES, read, from).fma(factor, sum);
                    from += readTap;
                    filter += wTap;
                }
                sum.intoArray(to, ofTo + channel);
            }
        }
        if (whole < channels) {
            plain.filter(
                    pixels,
                    channels - whole,
                    taps,
                    read,
                    readAt + whole,
                    readPixel,
                    readTap,
                    w,
                    wAt + whole,
                    wTap,
                    to,
                    toAt + whole,
                    toPixel,
                    add);
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
        int whole = channels - channels % LANES;
        for (int channel = 0; channel < whole; channel += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, sums, sumsAt + channel);
            int ofX = xAt + channel;
            int ofY = yAt + channel;
            for (int pixel = 0; pixel < pixels; pixel++) {
                FloatVector factor = FloatVector.fromArray(SPECIES, y, ofY);
                sum = FloatVector.fromArray(SPECIES, x, ofX).fma(factor, sum);
                ofX += xPixel;
                ofY += yPixel;
            }
            sum.intoArray(sums, sumsAt + channel);
        }
        if (whole < channels) {
            int rest = channels - whole;
            plain.correlate(pixels, rest, x, xAt + whole, xPixel, y, yAt + whole, yPixel, sums, sumsAt + whole);
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
        int whole = channels - channels % LANES;
        for (int i = 0; i < pixels; i++) {
            int begin = first + i * pixel;
            int to = resultAt + i * channels;
            for (int channel = 0; channel < whole; channel += LANES) {
                int at = xAt + channel;
                FloatVector best = FloatVector.fromArray(SPECIES, x, at + begin * channels);
                FloatVector where = FloatVector.broadcast(SPECIES, Float.intBitsToFloat(begin));
                for (int p = 0; p < planes; p++) {
                    for (int r = 0; r < rows; r++) {
                        int number = begin + p * plane + r * row;
                        for (int t = 0; t < taps; t++) {
                            FloatVector next = FloatVector.fromArray(SPECIES, x, at + number * channels);
                            VectorMask<Float> larger = next.compare(VectorOperators.LE, best)
                                    .not()
                                    .and(best.compare(VectorOperators.EQ, best));
                            best = best.blend(next, larger);
                            where = where.blend(Float.intBitsToFloat(number), larger);
                            number += tap;
                        }
                    }
                }
                where.reinterpretAsInts().intoArray(result, to + channel);
            }
            for (int channel = whole; channel < channels; channel++) {
                result[to + channel] = PlainChannelKernel.largest(
                        channels, x, xAt + channel, begin, planes, plane, rows, row, taps, tap);
            }
        }
    }
}
