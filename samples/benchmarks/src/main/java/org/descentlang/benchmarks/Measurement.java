package org.descentlang.benchmarks;

import java.util.List;

/**
 * What a process of {@link DescentRun} or {@link LibtorchRun} measured.
 *
 * @param microseconds of a step
 * @param first microseconds of a step in the first 5 seconds of the process
 * @param losses of the first steps
 */
record Measurement(double microseconds, double first, List<Double> losses) {
    /** @param lines what {@link StepTimer#print} wrote */
    static Measurement parse(List<String> lines) {
        return new Measurement(
                JavaProcess.numbers("step ", lines).getFirst(),
                JavaProcess.numbers("first ", lines).getFirst(),
                JavaProcess.numbers("loss ", lines));
    }

    /** The largest difference of a loss, relative to the other's. */
    double difference(Measurement other) {
        double largest = 0;
        for (int i = 0; i < losses.size(); i++) {
            double expected = other.losses.get(i);
            largest = Math.max(largest, Math.abs(losses.get(i) - expected) / Math.abs(expected));
        }
        return largest;
    }
}
