package org.descentlang.description;

/** Numbers as they could stand in an `.opt` file. */
public final class NumberText {
    private static final double EXACT_WHOLE = 1e15;

    private NumberText() {}

    /** `1 row`, `5 rows`. */
    public static String counted(Object count, String noun) {
        return count + " " + (count.toString().equals("1") ? noun : noun + "s");
    }

    /** The shortest decimal number that means the same: `0.001`, `10`, `1e-5`. */
    public static String of(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT_WHOLE) {
            return Long.toString((long) value);
        }
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }
}
