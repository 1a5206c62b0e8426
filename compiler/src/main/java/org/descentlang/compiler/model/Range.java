package org.descentlang.compiler.model;

import org.descentlang.compiler.diagnostic.NumberText;

/**
 * What a number may be: between two ends, each in it or not. Without an end, any number that is finite.
 *
 * @param whole whether only whole numbers are in it
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded, boolean whole) {
    public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false, false);
    public static final Range WHOLE = new Range(ANY.low, false, ANY.high, false, true);

    public static Range above(double end, boolean included) {
        return new Range(end, included, ANY.high, false, false);
    }

    public static Range below(double end, boolean included) {
        return new Range(ANY.low, false, end, included, false);
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

    /** As requirements could say it: `0 <= beta1 < 1`, `whole k, k >= 1`; nothing for {@link #ANY}. */
    public String text(String name) {
        String ends = ends(name);
        return whole ? "whole " + name + (ends.isEmpty() ? "" : ", " + ends) : ends;
    }

    private String ends(String name) {
        String upper = hasHigh() ? (highIncluded ? " <= " : " < ") + NumberText.of(high) : "";
        if (!hasLow()) {
            return hasHigh() ? name + upper : "";
        }
        return hasHigh()
                ? NumberText.of(low) + (lowIncluded ? " <= " : " < ") + name + upper
                : name + (lowIncluded ? " >= " : " > ") + NumberText.of(low);
    }
}
