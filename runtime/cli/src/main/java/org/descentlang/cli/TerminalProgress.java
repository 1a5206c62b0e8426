package org.descentlang.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.descentlang.runtime.training.EpochReport;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.TrainingListener;

/** One line of a terminal that is written again and again: a bar, the time left, epoch, loss, metrics, learning rate. */
final class TerminalProgress implements TrainingListener, AutoCloseable {
    private static final int MILLISECONDS_BETWEEN = 100;

    private final PrintStream out;
    private Optional<ProgressBar> bar = Optional.empty();
    private String validation = "";
    private double lastMessage;

    TerminalProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onStart(Progress progress) {
        bar = Optional.of(new ProgressBarBuilder()
                .setTaskName(progress.description().name())
                .setInitialMax(progress.plan().steps())
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(MILLISECONDS_BETWEEN)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build());
    }

    @Override
    public void onStep(Progress progress) {
        if (progress.seconds() - lastMessage >= MILLISECONDS_BETWEEN * 1e-3) {
            lastMessage = progress.seconds();
            show(progress);
        }
    }

    @Override
    public void onEpoch(Progress progress, EpochReport report) {
        validation = report.validation().map(RunText::evaluation).orElse("");
        show(progress);
    }

    private void show(Progress progress) {
        var parts = new ArrayList<String>();
        parts.add(RunText.epochOf(progress));
        parts.add("loss " + RunText.measured(progress.loss()));
        if (!validation.isEmpty()) {
            parts.add("validation " + validation);
        }
        RunText.learningRate(progress).ifPresent(parts::add);
        String message = String.join("  ", parts);
        bar.ifPresent(shown -> shown.stepTo(progress.steps()).setExtraMessage(message));
    }

    /** Leaves the line as it stands. */
    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
