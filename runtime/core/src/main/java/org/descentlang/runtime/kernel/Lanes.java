package org.descentlang.runtime.kernel;

import java.util.Arrays;

/**
 * The partial results of a long sum or product, of which element i of a row went to number i mod 16. Sixteen on every
 * machine: its vectors may be shorter, or missing, and the bits stay the same.
 */
public final class Lanes {
    private static final int COUNT = 16;

    /** Sums that a kernel may have at the same time. */
    private static final int SUMS = 16;

    /** Vectors of 16 numbers that a kernel may put down at the same time, among them its sums. */
    private static final int VECTORS = 32;

    /** Parts into which a kernel's work may be divided, if there are no more threads. */
    private static final int PARTS = 64;

    private Lanes() {}

    /** Memory for what a kernel puts down on its way, as the partial results of f32 sums: for each part of its work. */
    public static float[][] floats(int threads) {
        return new float[Math.max(PARTS, threads)][COUNT * VECTORS];
    }

    /** Memory for partial results of sums in double precision, likewise. */
    public static double[][] doubles(int threads) {
        return new double[Math.max(PARTS, threads)][COUNT * SUMS];
    }

    /** 0, {@code factor}, twice that, …: where the elements of a vector are that lie so far apart. */
    public static int[] multiples(int factor) {
        int[] multiples = new int[COUNT];
        Arrays.setAll(multiples, i -> i * factor);
        return multiples;
    }

    /** Copies numbers that lie side by side to where they lie {@code step} apart: few machines store vectors so. */
    public static void scatter(float[] lanes, int from, int count, float[] to, int at, int step) {
        for (int i = 0; i < count; i++) {
            to[at + i * step] = lanes[from + i];
        }
    }

    /** The other way round. */
    public static void gather(float[] from, int at, int step, float[] lanes, int to, int count) {
        for (int i = 0; i < count; i++) {
            lanes[to + i] = from[at + i * step];
        }
    }

    /** Adds up 16 numbers in pairs, then pairs of pairs; overwrites them. */
    public static float sum(float[] lanes, int from) {
        for (int half = COUNT / 2; half > 0; half /= 2) {
            for (int i = from; i < from + half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[from];
    }

    /** As {@link #sum(float[], int)}. */
    public static double sum(double[] lanes, int from) {
        for (int half = COUNT / 2; half > 0; half /= 2) {
            for (int i = from; i < from + half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[from];
    }

    /** Multiplies 16 numbers in pairs, then pairs of pairs; overwrites them. */
    public static float product(float[] lanes, int from) {
        for (int half = COUNT / 2; half > 0; half /= 2) {
            for (int i = from; i < from + half; i++) {
                lanes[i] *= lanes[i + half];
            }
        }
        return lanes[from];
    }

    /** As {@link #product(float[], int)}. */
    public static double product(double[] lanes, int from) {
        for (int half = COUNT / 2; half > 0; half /= 2) {
            for (int i = from; i < from + half; i++) {
                lanes[i] *= lanes[i + half];
            }
        }
        return lanes[from];
    }
}
