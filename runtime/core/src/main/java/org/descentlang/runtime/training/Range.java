package org.descentlang.runtime.training;

/**
 * What a hyperparameter may be: `Range.ANY.from(0).below(1)` is 0 or more and less than 1. Whatever the range, a number
 * must be finite in the 32 bits that training computes with.
 *
 * @param whole whether only whole numbers are in it
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded, boolean whole) {
    public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false, false);

    /** At least {@code end}. */
    public Range from(double end) {
        return new Range(end, true, high, highIncluded, whole);
    }

    /** More than {@code end}. */
    public Range above(double end) {
        return new Range(end, false, high, highIncluded, whole);
    }

    /** At most {@code end}. */
    public Range to(double end) {
        return new Range(low, lowIncluded, end, true, whole);
    }

    /** Less than {@code end}. */
    public Range below(double end) {
        return new Range(low, lowIncluded, end, false, whole);
    }

    /** Only whole numbers. */
    public Range ofWholeNumbers() {
        return new Range(low, lowIncluded, high, highIncluded, true);
    }

    public boolean contains(double value) {
        return Float.isFinite((float) value)
                && (!whole || value == Math.rint(value))
                && (value > low || lowIncluded && value == low)
                && (value < high || highIncluded && value == high);
    }

    /** What a number must be: `at least 0 and below 1`. */
    public String words() {
        if (whole) {
            boolean bounded = low != ANY.low || high != ANY.high;
            return "a whole number" + (bounded ? ", " + ends() : "");
        }
        return ends();
    }

    private String ends() {
        String lower = (lowIncluded ? "at least " : "above ") + text(low);
        String upper = (highIncluded ? "at most " : "below ") + text(high);
        if (low == ANY.low) {
            return high == ANY.high ? "a finite number" : upper;
        }
        return high == ANY.high ? lower : lower + " and " + upper;
    }

    static String text(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? Long.toString((long) number) : Double.toString(number);
    }
}
