package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Steepest descent with a backtracking line search: Nocedal, Wright: Numerical Optimization, 2nd edition, algorithm
 * 3.1.
 */
final class ArmijoSearch implements UpdateProcedure {
    private static final double ENOUGH = 1e-4;
    private static final double SHORTEST = 1e-12;

    /** How often each step asked for the loss along the line. */
    final List<Integer> asked = new ArrayList<>();

    private final float[] start;
    private final float[] gradient;
    private final float[] trial;

    ArmijoSearch(int parameters) {
        start = new float[parameters];
        gradient = new float[parameters];
        trial = new float[parameters];
    }

    @Override
    public boolean step(StepBatch batch) {
        double before = batch.gradient();
        if (!batch.isFinite()) {
            return false;
        }
        batch.memory().read(StepArray.PARAMETERS, start);
        batch.memory().read(StepArray.GRADIENTS, gradient);
        double slope = 0;
        for (float g : gradient) {
            slope -= (double) g * g;
        }
        int losses = 1;
        double length = 1;
        while (lossAt(length, batch) > before + ENOUGH * length * slope && length > SHORTEST) {
            length /= 2;
            losses++;
        }
        asked.add(losses);
        return true;
    }

    private double lossAt(double length, StepBatch batch) {
        for (int i = 0; i < trial.length; i++) {
            trial[i] = (float) (start[i] - length * gradient[i]);
        }
        batch.memory().write(StepArray.PARAMETERS, trial);
        return batch.loss();
    }
}
