package org.descentlang.benchmarks;

/** What the machine cannot exceed, measured by {@link LimitBenchmark}. */
public enum Limit {
    /** Fused multiply-adds in registers. */
    ARITHMETIC("GFLOP/s"),
    /** STREAM's triad (McCalpin 1995) over arrays that stay in the second-level caches. */
    CACHE("GB/s"),
    /** STREAM's triad over arrays larger than all caches. */
    MEMORY("GB/s");

    private final String unit;

    Limit(String unit) {
        this.unit = unit;
    }

    /** 10^9 of what {@link Kernel#work} counts, a second. */
    String unit() {
        return unit;
    }
}
