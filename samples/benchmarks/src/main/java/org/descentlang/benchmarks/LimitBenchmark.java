package org.descentlang.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.descentlang.runtime.thread.Team;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The limits of the machine, by loops that do nothing else, on as many threads as the kernels have. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LimitBenchmark {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int ACCUMULATORS = 10;
    private static final int ROUNDS = 100_000;
    private static final int CACHED_ELEMENTS = 1 << 14;
    private static final int MEMORY_ELEMENTS = 1 << 24;

    @Param
    public Limit limit;

    @Param("1")
    public int threads;

    private Team team;
    private Team.Task part;
    private float[] sums;
    private float[] a;
    private float[] b;
    private float[] c;

    /**
     * What a call of {@link #run} does, in the unit of {@link Kernel#work}: a triad reads two numbers and writes one.
     */
    static double work(Limit limit, int threads) {
        return switch (limit) {
            case ARITHMETIC -> 2.0 * ACCUMULATORS * SPECIES.length() * ROUNDS * threads;
            case CACHE -> 12.0 * CACHED_ELEMENTS * threads;
            case MEMORY -> 12.0 * MEMORY_ELEMENTS * threads;
        };
    }

    @Setup
    public void open() {
        team = Team.of(threads);
        sums = new float[threads];
        int elements = switch (limit) {
            case ARITHMETIC -> 0;
            case CACHE -> CACHED_ELEMENTS;
            case MEMORY -> MEMORY_ELEMENTS;
        };
        a = new float[elements * threads];
        b = new float[elements * threads];
        c = new float[elements * threads];
        part = limit == Limit.ARITHMETIC
                ? number -> sums[number] = multiplyAndAdd()
                : number -> triad(a, b, c, number * elements, (number + 1) * elements);
    }

    @Benchmark
    public float[] run() {
        team.run(part, threads);
        return limit == Limit.ARITHMETIC ? sums : a;
    }

    @TearDown
    public void close() {
        team.close();
    }

    /** Ten chains hide the latency of one; the coefficients keep them finite. */
    private static float multiplyAndAdd() {
        var x = FloatVector.broadcast(SPECIES, 0.5f);
        var y = FloatVector.broadcast(SPECIES, 1f);
        FloatVector sum0 = y;
        FloatVector sum1 = y;
        FloatVector sum2 = y;
        FloatVector sum3 = y;
        FloatVector sum4 = y;
        FloatVector sum5 = y;
        FloatVector sum6 = y;
        FloatVector sum7 = y;
        FloatVector sum8 = y;
        FloatVector sum9 = y;
        for (int round = 0; round < ROUNDS; round++) {
            sum0 = sum0.fma(x, y);
            sum1 = sum1.fma(x, y);
            sum2 = sum2.fma(x, y);
            sum3 = sum3.fma(x, y);
            sum4 = sum4.fma(x, y);
            sum5 = sum5.fma(x, y);
            sum6 = sum6.fma(x, y);
            sum7 = sum7.fma(x, y);
            sum8 = sum8.fma(x, y);
            sum9 = sum9.fma(x, y);
        }
        var first = sum0.add(sum1).add(sum2).add(sum3).add(sum4);
        var second = sum5.add(sum6).add(sum7).add(sum8).add(sum9);
        return first.add(second).lane(0);
    }

    private static void triad(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = b[i] + 3f * c[i];
        }
    }
}
