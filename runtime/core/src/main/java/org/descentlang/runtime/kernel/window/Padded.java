package org.descentlang.runtime.kernel.window;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of pixels with zeros before and behind, in scratch memory: a row of the result then is one matrix product, from
 * its first pixel to its last. Rows that need none are read where they are.
 *
 * @param pixels of a row
 * @param channels of a pixel
 * @param before zero pixels in front of each row
 * @param behind zero pixels at the end of each row
 */
record Padded(int pixels, int channels, int before, int behind) {
    static Padded of(int pixels, int channels, List<Run> runs) {
        int first = runs.stream().mapToInt(Run::from).min().orElse(0);
        int end = runs.stream().mapToInt(Run::end).max().orElse(0);
        return new Padded(pixels, channels, Math.max(0, -first), Math.max(0, end - pixels));
    }

    boolean isNeeded() {
        return before + behind > 0;
    }

    /** Elements of a row. */
    int width() {
        return (before + pixels + behind) * channels;
    }

    /** @param at of the first row */
    void copy(int rows, float[] from, int fromAt, float[] to, int at) {
        int length = pixels * channels;
        for (int row = 0; row < rows; row++) {
            int start = at + row * width();
            int inside = start + before * channels;
            Arrays.fill(to, start, inside, 0);
            System.arraycopy(from, fromAt + row * length, to, inside, length);
            Arrays.fill(to, inside + length, start + width(), 0);
        }
    }
}
