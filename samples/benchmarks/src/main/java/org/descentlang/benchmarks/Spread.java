package org.descentlang.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Median, smallest and largest of some measurements. */
record Spread(double median, double minimum, double maximum) {
    static Spread of(List<Double> values) {
        return of(values.stream().mapToDouble(value -> value).toArray());
    }

    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%10.2f %10.2f %10.2f", median, minimum, maximum);
    }
}
