package org.descentlang.runtime.model;

/** How a parameter gets its first values. */
public sealed interface Initializer {
    record Constant(double value) implements Initializer {}

    /** Row-major. Arrays are not copied: generated code hands over constants. */
    @SuppressWarnings("ArrayRecordComponent")
    record Values(double[] values) implements Initializer {}

    record Uniform(double low, double high) implements Initializer {}

    record Normal(double mean, double deviation) implements Initializer {}

    /** Normal, redrawn outside {@code mean ± cut * deviation}. */
    record TruncatedNormal(double mean, double deviation, double cut) implements Initializer {}

    /** Orthonormal rows or columns (Saxe et al. 2014), times {@code gain}. */
    record Orthogonal(double gain) implements Initializer {}
}
