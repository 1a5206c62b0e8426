package org.descentlang.runtime.kernel.window;

/**
 * What something is made of along an axis: {@code count} taps {@code step} apart, and what they meet.
 *
 * @param first of the taps
 * @param read what the first one meets
 * @param readStep from what a tap meets to what the next one does
 */
record Reach(int first, int count, int step, int read, int readStep) {
    /** Of a window: inputs that are not in the padding. */
    static Reach ofPosition(Along along, int position) {
        return of(along, k -> along.element(position, k));
    }

    /** Of an input: windows that it is part of. */
    static Reach ofInput(Along along, int element) {
        return of(along, k -> along.position(element, k));
    }

    private interface Meeting {
        int of(int tap);
    }

    private static Reach of(Along along, Meeting meeting) {
        int first = next(along, 0, meeting);
        int second = next(along, first + 1, meeting);
        int count = 0;
        for (int k = first; k < along.size(); k++) {
            count += meeting.of(k) == Along.NONE ? 0 : 1;
        }
        int read = first < along.size() ? meeting.of(first) : 0;
        return second < along.size()
                ? new Reach(first, count, second - first, read, meeting.of(second) - read)
                : new Reach(first, count, 1, read, 0);
    }

    private static int next(Along along, int from, Meeting meeting) {
        int k = from;
        while (k < along.size() && meeting.of(k) == Along.NONE) {
            k++;
        }
        return k;
    }

    /** Whether the other has the same taps. */
    boolean hasTapsOf(Reach other) {
        return first == other.first && count == other.count && step == other.step;
    }
}
