package org.descentlang.cli;

import java.io.PrintStream;
import org.descentlang.runtime.training.EpochReport;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.TrainingListener;

/** A line an epoch, and in long epochs one every few seconds; without data there are only steps. */
final class PlainProgress implements TrainingListener {
    private static final double SECONDS_BETWEEN = 5;

    private final PrintStream out;
    private final PrintStream err;
    private double lastLine;

    PlainProgress(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
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
        boolean data = progress.description().data().isPresent();
        out.println(data ? RunText.epoch(progress, report) : RunText.step(progress));
    }

    @Override
    public void onWarning(Progress progress, String warning) {
        err.println(RunText.warning(warning));
    }
}
