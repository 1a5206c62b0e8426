package org.descentlang.benchmarks;

import org.descentlang.description.Duration;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;

/**
 * The ordinary training loop, timed from its listener: what a user waits for, with shuffling, gathering the batch and
 * the watch for values that are not finite.
 */
final class LoopRun {
    private LoopRun() {}

    /** @param arguments workload, threads, seconds */
    public static void main(String[] arguments) {
        var workload = Workload.of(arguments[0]);
        var timer = new StepTimer(workload.block(), Double.parseDouble(arguments[2]));
        var trainer = new Trainer(workload.program())
                .threads(Integer.parseInt(arguments[1]))
                .length(new Duration(1e9, Duration.Unit.STEPS));
        trainer.train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (timer.step(progress.loss())) {
                    trainer.requestStop();
                }
            }
        });
        timer.print();
    }
}
