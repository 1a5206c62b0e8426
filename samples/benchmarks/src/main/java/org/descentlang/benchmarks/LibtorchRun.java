package org.descentlang.benchmarks;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.descentlang.description.TrainingDescription;

/**
 * The peer's side of {@link Compare}: the same training in libtorch, with MKL's matrix products and fused updates.
 * Rebuilt every 300 steps outside the timing, because denormal moments slow it down from then on.
 */
final class LibtorchRun {
    private static final int STEPS_BEFORE_REBUILDING = 300;

    private LibtorchRun() {}

    /** @param arguments workload, threads, seconds */
    public static void main(String[] arguments) {
        torch.set_num_threads(Integer.parseInt(arguments[1]));
        var workload = Workload.of(arguments[0]);
        int block = Math.min(workload.block(), 100);
        measure(workload, new StepTimer(block, Double.parseDouble(arguments[2])));
    }

    private static void measure(Workload workload, StepTimer timer) {
        TrainingDescription description = workload.program().description();
        var batches = new Batches(description);
        boolean isDone = false;
        while (!isDone) {
            try (var network = LibtorchNetwork.of(description)) {
                for (int steps = 0; !isDone && (steps < STEPS_BEFORE_REBUILDING || !timer.isBetweenBlocks()); steps++) {
                    if (timer.isBetweenBlocks()) {
                        batches.advance();
                        network.load(batches);
                        timer.resume();
                    }
                    isDone = timer.step(step(network));
                }
            }
        }
        timer.print();
    }

    private static double step(LibtorchNetwork network) {
        try (var _ = new PointerScope()) {
            Tensor loss = network.loss();
            network.clearGradients();
            loss.backward();
            network.update();
            return loss.item_float();
        }
    }
}
