package org.descentlang.runtime.kernel.window;

/**
 * One part of filters w [size…, channels / groups, units] over x [examples, spatial…, channels], which give y
 * [examples, positions…, units]. The bits do not depend on the number of threads, nor on whether there are vectors.
 */
public interface Convolution {
    /** Multiply-adds from which on another thread pays: two microseconds. */
    long PART = 1 << 16;

    /** From the operands and to the result that begin at these places of their arrays. */
    void run(int examples, int firstAt, int secondAt, int resultAt);

    /** y of x and w. */
    static Convolution value(Workshop workshop, Windows windows, float[] x, float[] w, float[] y) {
        return isDepthwise(windows)
                ? new DepthwiseConvolution(workshop, windows, false, x, w, y)
                : new FilteredRows(workshop, RowFilter.ofPositions(workshop, windows), x, w, y);
    }

    /** The derivative with respect to x, of y's and w. */
    static Convolution byData(Workshop workshop, Windows windows, float[] y, float[] w, float[] x) {
        return isDepthwise(windows)
                ? new DepthwiseConvolution(workshop, windows, true, y, w, x)
                : new FilteredRows(workshop, RowFilter.ofInputs(workshop, windows), y, w, x);
    }

    /** The derivative with respect to w, of x and y's. */
    static Convolution byWeights(Workshop workshop, Windows windows, float[] x, float[] y, float[] w) {
        return new WeightGradient(workshop, windows, x, y, w);
    }

    /** Each channel has one unit of its own. */
    static boolean isDepthwise(Windows windows) {
        return windows.groups() > 1 && windows.groups() == windows.channels() && windows.groups() == windows.units();
    }
}
