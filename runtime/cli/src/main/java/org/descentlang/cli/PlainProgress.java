package org.descentlang.cli;

import java.io.PrintStream;
import org.descentlang.runtime.training.EpochReport;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.TrainingListener;

/** A line an epoch, and in long epochs one every few seconds. */
final class PlainProgress implements TrainingListener {
    private static final double SECONDS_BETWEEN = 5;

    private final PrintStream out;
    private double lastLine;

    PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onStep(Progress progress) {
        if (progress.seconds() - lastLine >= SECONDS_BETWEEN) {
            lastLine = progress.seconds();
            out.println(RunText.step(progress));
        }
    }

    @Override
    public void onEpoch(Progress progress, EpochReport report) {
        lastLine = progress.seconds();
        out.println(RunText.epoch(progress, report));
    }
}
