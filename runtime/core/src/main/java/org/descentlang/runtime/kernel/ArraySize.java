package org.descentlang.runtime.kernel;

import java.util.Locale;
import org.descentlang.runtime.UserException;

/** Sizes of arrays that follow from the user's numbers or files, looked at before memory is taken. */
public final class ArraySize {
    /** Elements that an array of every JVM can have. */
    public static final int MOST = Integer.MAX_VALUE - 8;

    private ArraySize() {}

    /**
     * @param what the array is for
     * @throws UserException if no array has so many elements, or the heap has no room for them
     */
    public static int of(String what, long elements) {
        if (elements < 0 || elements > MOST) {
            throw new UserException(String.format(
                    Locale.ROOT,
                    "%s would need an array of %,d numbers, but a Java array holds at most %,d: write `batch` with a number",
                    what,
                    elements,
                    MOST));
        }
        requireHeap(what, elements * Float.BYTES, 1);
        return (int) elements;
    }

    /**
     * @param share of the heap that may be in use with the array
     * @throws UserException if the heap has no room for so many bytes more
     */
    public static void requireHeap(String what, long bytes, double share) {
        long most = (long) (share * Runtime.getRuntime().maxMemory());
        if (bytes <= most - used()) {
            return;
        }
        System.gc(); // what is used may be garbage
        long left = Math.max(0, most - used());
        if (bytes > left) {
            throw new UserException(String.format(
                    Locale.ROOT,
                    "%s needs %,d MB, and of the JVM's %,d MB %,d are left: start it with a larger -Xmx",
                    what,
                    bytes >> 20,
                    Runtime.getRuntime().maxMemory() >> 20,
                    left >> 20));
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
