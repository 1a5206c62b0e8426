package org.descentlang.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Times blocks of steps after a warm-up and prints what {@link Compare} reads: one line, microseconds a step. */
final class StepTimer {
    private static final double WARM_UP_SECONDS = 4;
    private static final double MEASURED_SECONDS = 4;

    private StepTimer() {}

    /** @param between run before each block, outside the timing */
    static void measure(int block, Runnable step, Runnable between) {
        long warm = System.nanoTime() + seconds(WARM_UP_SECONDS);
        do {
            between.run();
            repeat(block, step);
        } while (System.nanoTime() < warm);
        double[] times = new double[100_000];
        int count = 0;
        long end = System.nanoTime() + seconds(MEASURED_SECONDS);
        while (count < 5 || (count < times.length && System.nanoTime() < end)) {
            between.run();
            long start = System.nanoTime();
            repeat(block, step);
            times[count++] = (System.nanoTime() - start) * 1e-3 / block;
        }
        double[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT, "step %.4f %.4f %.4f%n", sorted[count / 2], sorted[0], sorted[count - 1]);
    }

    private static void repeat(int count, Runnable step) {
        for (int i = 0; i < count; i++) {
            step.run();
        }
    }

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }
}
