package org.descentlang.runtime.tornado;

import java.util.List;
import org.descentlang.description.FieldDescription;
import org.descentlang.runtime.kernel.ArraySize;

/**
 * How large an example is.
 *
 * @param floats numbers in floating point
 * @param ints whole numbers
 */
record ExampleSize(int floats, int ints) {
    static ExampleSize of(List<FieldDescription> fields) {
        return new ExampleSize(width(fields, false), width(fields, true));
    }

    private static int width(List<FieldDescription> fields, boolean whole) {
        return fields.stream()
                .filter(field -> field.whole() == whole)
                .mapToInt(FieldDescription::width)
                .reduce(0, Math::addExact);
    }

    /** Of so many examples. */
    long bytes(int examples) {
        return (long) Float.BYTES * examples * ((long) floats + ints);
    }

    /** Whether arrays can have so many examples, one of floats and one of whole numbers. */
    boolean fitsArrays(int examples) {
        return (long) examples * Math.max(floats, ints) <= ArraySize.MOST;
    }
}
