package org.descentlang.description;

import java.util.List;

/** How a parameter gets its initial values. */
public sealed interface Initializer {
    record Constant(double value) implements Initializer {}

    /** Row-major, one value an element. */
    record Values(List<Double> values) implements Initializer {
        public Values {
            values = List.copyOf(values);
        }
    }

    /** As many equal parts of the last axis as there are values, each filled with its value. */
    record Parts(List<Double> values) implements Initializer {
        public Parts {
            values = List.copyOf(values);
        }
    }

    record Uniform(double low, double high) implements Initializer {}

    record Normal(double mean, double deviation) implements Initializer {}

    /** Normal, redrawn outside {@code mean ± cut * deviation}. */
    record TruncatedNormal(double mean, double deviation, double cut) implements Initializer {}

    /** 1 where the positions along both axes are equal, 0 elsewhere, times {@code gain}. */
    record Identity(double gain) implements Initializer {}

    /** Of each unit, a column, {@code count} normal numbers at places drawn at random; 0 elsewhere (Martens 2010). */
    record Sparse(int count, double deviation) implements Initializer {}

    /** Orthonormal rows or columns (Saxe et al. 2014), times {@code gain}. */
    record Orthogonal(double gain) implements Initializer {}
}
