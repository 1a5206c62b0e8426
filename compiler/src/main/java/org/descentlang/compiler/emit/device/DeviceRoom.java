package org.descentlang.compiler.emit.device;

/** Counts the doubles that the plans of a training keep on a device. */
public final class DeviceRoom {
    private int given;
    private int scalars;
    private int partials;

    /** Behind the numbers that are the same in all plans. */
    int givenNumber() {
        return given++;
    }

    int scalar() {
        return scalars++;
    }

    /** Room for the partial results of a reduction. */
    public int partials(int count) {
        int first = partials;
        partials += count;
        return first;
    }

    /** Numbers that the host computes. */
    public int given() {
        return given;
    }

    public int scalars() {
        return scalars;
    }

    public int partials() {
        return partials;
    }
}
