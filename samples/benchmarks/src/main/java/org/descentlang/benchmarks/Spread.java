package org.descentlang.benchmarks;

import java.util.List;

/** Median, smallest and largest of some measurements. */
record Spread(double median, double minimum, double maximum) {
    static Spread of(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return new Spread(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
    }
}
