package org.descentlang.description;

/**
 * What a number may be: between two ends, each in it or not. `Range.ANY.from(0).below(1)` is 0 or more and less than 1.
 * Whatever the range, a number must be finite in the 32 bits that training computes with.
 *
 * @param whole whether only whole numbers are in it
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded, boolean whole) {
    public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false, false);

    /** At least {@code end}. */
    public Range from(double end) {
        return above(end, true);
    }

    /** More than {@code end}. */
    public Range above(double end) {
        return above(end, false);
    }

    public Range above(double end, boolean included) {
        return new Range(end, included, high, highIncluded, whole);
    }

    /** At most {@code end}. */
    public Range to(double end) {
        return below(end, true);
    }

    /** Less than {@code end}. */
    public Range below(double end) {
        return below(end, false);
    }

    public Range below(double end, boolean included) {
        return new Range(low, lowIncluded, end, included, whole);
    }

    /** Only whole numbers. */
    public Range ofWholeNumbers() {
        return new Range(low, lowIncluded, high, highIncluded, true);
    }

    /** What is in both. */
    public Range and(Range other) {
        boolean higher = other.low > low || other.low == low && !other.lowIncluded;
        boolean lower = other.high < high || other.high == high && !other.highIncluded;
        return new Range(
                higher ? other.low : low,
                higher ? other.lowIncluded : lowIncluded,
                lower ? other.high : high,
                lower ? other.highIncluded : highIncluded,
                whole || other.whole);
    }

    public boolean hasLow() {
        return low != ANY.low;
    }

    public boolean hasHigh() {
        return high != ANY.high;
    }

    public boolean contains(double value) {
        return Float.isFinite((float) value)
                && (!whole || value == Math.rint(value))
                && (value > low || lowIncluded && value == low)
                && (value < high || highIncluded && value == high);
    }

    /** What a number must be: `at least 0 and below 1`. */
    public String words() {
        if (!whole) {
            return hasLow() || hasHigh() ? boundsInWords() : "a finite number";
        }
        return "a whole number" + (hasLow() || hasHigh() ? ", " + boundsInWords() : "");
    }

    private String boundsInWords() {
        String lower = hasLow() ? (lowIncluded ? "at least " : "above ") + NumberText.of(low) : "";
        String upper = hasHigh() ? (highIncluded ? "at most " : "below ") + NumberText.of(high) : "";
        return lower + (hasLow() && hasHigh() ? " and " : "") + upper;
    }

    /** As requirements could say it: `0 <= beta1 < 1`, `whole k, k >= 1`; nothing for {@link #ANY}. */
    public String requirement(String name) {
        String bounds = bounds(name);
        return whole ? "whole " + name + (bounds.isEmpty() ? "" : ", " + bounds) : bounds;
    }

    private String bounds(String name) {
        String upper = hasHigh() ? (highIncluded ? " <= " : " < ") + NumberText.of(high) : "";
        if (!hasLow()) {
            return hasHigh() ? name + upper : "";
        }
        return hasHigh()
                ? NumberText.of(low) + (lowIncluded ? " <= " : " < ") + name + upper
                : name + (lowIncluded ? " >= " : " > ") + NumberText.of(low);
    }
}
