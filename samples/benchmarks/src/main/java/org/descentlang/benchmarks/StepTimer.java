package org.descentlang.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times blocks of steps after a warm-up and all steps of the first seconds, and keeps the first losses. Told of every
 * step.
 */
final class StepTimer {
    private static final int LOSSES = 5;
    private static final int MOST_BLOCKS = 100_000;
    private static final int FEWEST_BLOCKS = 5;
    private static final long FIRST = 5_000_000_000L;

    private final int block;
    private final long warmUp;
    private final long measured;
    private final List<Double> losses = new ArrayList<>();
    private final double[] times = new double[MOST_BLOCKS];
    private int blocks;
    private int stepsOfBlock;
    private long steps;
    private double ofFirst;
    private long begin = System.nanoTime();
    private long blockBegin = begin;

    /**
     * @param block steps timed together
     * @param seconds of the warm-up, and of the measurement after it
     */
    StepTimer(int block, double seconds) {
        this.block = block;
        warmUp = (long) (seconds * 1e9);
        measured = (long) (seconds * 1e9);
    }

    /** Between blocks: leaves out the time since the last step. */
    void resume() {
        blockBegin = System.nanoTime();
    }

    boolean isBetweenBlocks() {
        return stepsOfBlock == 0;
    }

    /** @return whether enough was measured */
    boolean step(double loss) {
        if (losses.size() < LOSSES) {
            losses.add(loss);
        }
        steps++;
        return ++stepsOfBlock == block && endBlock();
    }

    private boolean endBlock() {
        long now = System.nanoTime();
        if (ofFirst == 0 && now - begin >= FIRST) {
            ofFirst = (now - begin) * 1e-3 / steps;
        }
        boolean isWarm = now - begin > warmUp;
        if (isWarm) {
            times[blocks++] = (now - blockBegin) * 1e-3 / block;
        }
        blockBegin = now;
        stepsOfBlock = 0;
        return blocks == MOST_BLOCKS || blocks >= FEWEST_BLOCKS && now - begin > Math.max(warmUp + measured, FIRST);
    }

    /**
     * For {@link Measurement#parse}: the first losses, and the median of the blocks and the mean of the first 5 s in
     * microseconds a step.
     */
    void print() {
        System.out.println("step " + Spread.of(Arrays.copyOf(times, blocks)).median());
        System.out.println("first " + ofFirst);
        losses.forEach(loss -> System.out.println("loss " + loss));
    }
}
