package org.descentlang.compiler.emit;

/** Counts the doubles that the plans of a training keep on a device. */
final class DeviceRoom {
    private int scalars;
    private int partials;

    int scalar() {
        return scalars++;
    }

    /** Room for the partial results of a reduction. */
    int partials(int count) {
        int first = partials;
        partials += count;
        return first;
    }

    int scalars() {
        return scalars;
    }

    int partials() {
        return partials;
    }
}
