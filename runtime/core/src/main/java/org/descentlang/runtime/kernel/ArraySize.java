package org.descentlang.runtime.kernel;

import java.util.Locale;
import org.descentlang.runtime.UserException;

/** Sizes of arrays that follow from the user's numbers, looked at before memory is taken. */
public final class ArraySize {
    /** Elements that an array of every JVM can have. */
    public static final int MOST = Integer.MAX_VALUE - 8;

    private ArraySize() {}

    /**
     * @param what the array is for
     * @throws UserException if no array has so many elements
     */
    public static int of(String what, long elements) {
        if (elements < 0 || elements > MOST) {
            throw new UserException(String.format(
                    Locale.ROOT,
                    "%s would take an array of %,d numbers, more than the %,d of Java's: write `batch` with a number",
                    what,
                    elements,
                    MOST));
        }
        return (int) elements;
    }
}
