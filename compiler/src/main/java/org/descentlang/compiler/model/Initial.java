package org.descentlang.compiler.model;

import java.util.List;

/** How a parameter gets its first values; all numbers are known when compiling. */
public sealed interface Initial {
    record Constant(double value) implements Initial {}

    /** Row-major, one value an element. */
    record Values(List<Double> values) implements Initial {
        public Values {
            values = List.copyOf(values);
        }
    }

    record Uniform(double low, double high) implements Initial {}

    record Normal(double mean, double deviation) implements Initial {}

    /** Normal, redrawn outside {@code mean ± cut * deviation}. */
    record TruncatedNormal(double mean, double deviation, double cut) implements Initial {}

    /** Rows or columns orthonormal, times {@code gain} (Saxe et al. 2014). */
    record Orthogonal(double gain) implements Initial {}
}
