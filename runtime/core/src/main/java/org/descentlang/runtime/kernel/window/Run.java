package org.descentlang.runtime.kernel.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pixels of a row of the result and what they are made of: {@code count} of them, from {@code to} on and {@code toStep}
 * apart, each from {@code taps} neighbours of a row that is read. The first ones begin at {@code from}, which may be in
 * the padding, and the next ones {@code fromStep} further on.
 *
 * @param number of the first of the taps, in the order of {@link #taps()}
 * @param begins whether nothing was added to these pixels before
 */
record Run(int to, int toStep, int count, int from, int fromStep, int taps, int number, boolean begins) {
    /** The last pixel that is read. */
    int end() {
        return from + (count - 1) * fromStep + taps;
    }

    /** Positions from the input. */
    static List<Run> ofPositions(Along along, boolean neighbours) {
        return along.dilation() == 1 && neighbours
                ? List.of(new Run(0, 1, along.positions(), -along.before(), along.stride(), along.size(), 0, true))
                : IntStream.range(0, along.size())
                        .mapToObj(k -> new Run(
                                0,
                                1,
                                along.positions(),
                                k * along.dilation() - along.before(),
                                along.stride(),
                                1,
                                k,
                                k == 0))
                        .toList();
    }

    /** Elements of a window in the order of {@link #ofInputs}. */
    static List<Integer> taps(Along along) {
        var taps = new ArrayList<Integer>();
        for (int shift = 0; shift < along.stride(); shift++) {
            taps.addAll(taps(along, shift));
        }
        return taps;
    }

    /** Those that inputs {@code shift}, {@code shift + stride}, … are, so that positions ascend. */
    private static List<Integer> taps(Along along, int shift) {
        return IntStream.range(0, along.size())
                .filter(k -> Math.floorMod(shift + along.before() - k * along.dilation(), along.stride()) == 0)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Inputs from the positions that they take part in: for each shift within a stride others. */
    static List<Run> ofInputs(Along along, boolean neighbours) {
        var runs = new ArrayList<Run>();
        int number = 0;
        for (int shift = 0; shift < along.stride(); shift++) {
            List<Integer> taps = taps(along, shift);
            int count = Math.ceilDiv(along.input() - shift, along.stride());
            if (count > 0) {
                add(runs, along, neighbours, shift, count, taps, number);
            }
            number += taps.size();
        }
        return runs;
    }

    private static void add(
            List<Run> runs, Along along, boolean neighbours, int shift, int count, List<Integer> taps, int number) {
        int stride = along.stride();
        if (taps.isEmpty()) {
            runs.add(new Run(shift, stride, count, 0, 1, 0, number, true));
        }
        for (int i = 0, length; i < taps.size(); i += length) {
            int from = from(along, shift, taps.get(i));
            length = 1;
            while (neighbours
                    && i + length < taps.size()
                    && from(along, shift, taps.get(i + length)) == from + length) {
                length++;
            }
            runs.add(new Run(shift, stride, count, from, 1, length, number + i, i == 0));
        }
    }

    private static int from(Along along, int shift, int tap) {
        return Math.floorDiv(shift + along.before() - tap * along.dilation(), along.stride());
    }
}
