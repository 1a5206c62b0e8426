package org.descentlang.runtime.kernel.window;

import java.util.List;

/**
 * Where the right operand of a product with filters lies: for a tap and a group, rows of units.
 *
 * @param outer elements from a tap of the axes before the last one to the next
 * @param inner elements from a tap of the last axis to the next
 * @param group elements from a group to the next
 * @param row elements from a channel to the next
 */
record FilterOrder(int outer, int inner, int group, int row) {
    /** As they are. */
    static FilterOrder natural(Windows windows) {
        int inner = windows.channels() / windows.groups() * windows.units();
        return new FilterOrder(
                windows.last().size() * inner, inner, windows.units() / windows.groups(), windows.units());
    }

    /** With channels in the place of units, as {@link #turn} writes them. */
    static FilterOrder turned(Windows windows) {
        int share = windows.channels() / windows.groups();
        int inner = share * windows.units();
        return new FilterOrder(windows.last().size() * inner, inner, windows.units() / windows.groups() * share, share);
    }

    /** @param taps of the last axis, in the order in which they are needed */
    static void turn(Windows windows, List<Integer> taps, float[] w, int wAt, float[] to, int toAt) {
        FilterOrder from = natural(windows);
        FilterOrder turned = turned(windows);
        int share = windows.channels() / windows.groups();
        int unitsOfShare = windows.units() / windows.groups();
        for (int tap = 0; tap < windows.outerTaps(); tap++) {
            for (int i = 0; i < taps.size(); i++) {
                for (int group = 0; group < windows.groups(); group++) {
                    int source = wAt + tap * from.outer + taps.get(i) * from.inner + group * from.group;
                    int target = toAt + tap * turned.outer + i * turned.inner + group * turned.group;
                    for (int channel = 0; channel < share; channel++) {
                        for (int unit = 0; unit < unitsOfShare; unit++) {
                            to[target + unit * share + channel] = w[source + channel * windows.units() + unit];
                        }
                    }
                }
            }
        }
    }
}
