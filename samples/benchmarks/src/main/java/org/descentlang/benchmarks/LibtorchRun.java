package org.descentlang.benchmarks;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The peer: libtorch through JavaCPP, MKL as its BLAS, fused Adam. Its networks are rebuilt every 300 steps outside the timing,
 * because denormal moments slow it down otherwise.
 */
final class LibtorchRun {
    private static final int REBUILD_AFTER_STEPS = 300;

    private final Workload workload;
    private LibtorchNetwork network;
    private int steps;

    private LibtorchRun(Workload workload) {
        this.workload = workload;
        this.network = LibtorchNetwork.create(workload);
    }

    public static void main(String[] arguments) {
        torch.set_num_threads(Integer.parseInt(arguments[1]));
        torch.manual_seed(1);
        var run = new LibtorchRun(Workload.of(arguments[0]));
        StepTimer.measure(run.workload.block(), run::step, run::rebuildIfDue);
    }

    private void step() {
        try (var _ = new PointerScope()) {
            Tensor loss = network.loss();
            network.zeroGradients();
            loss.backward();
            network.update();
            loss.item_float();
        }
        steps++;
    }

    private void rebuildIfDue() {
        if (steps >= REBUILD_AFTER_STEPS) {
            network.close();
            network = LibtorchNetwork.create(workload);
            steps = 0;
        }
    }
}
