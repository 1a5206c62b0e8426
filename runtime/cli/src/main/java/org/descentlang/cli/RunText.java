package org.descentlang.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.training.EpochReport;
import org.descentlang.runtime.training.Evaluation;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.TrainingResult;

/** How a run is told to people. */
final class RunText {
    private RunText() {}

    /** `epoch  3/40  mean loss 0.7124  validation loss 0.6412, accuracy 0.9481  lr 0.001  0:12 left`. */
    static String epoch(Progress progress, EpochReport report) {
        var parts = new ArrayList<String>();
        parts.add(epochOf(progress));
        parts.add("mean loss " + measured(report.meanTrainLoss()));
        report.validation().ifPresent(validation -> parts.add("validation " + evaluation(validation)));
        learningRate(progress).ifPresent(parts::add);
        parts.add(timeLeft(progress));
        if (report.best()) {
            parts.add("best so far");
        }
        return String.join("  ", parts);
    }

    /** `step 1200/2000  loss 0.0132  lr 0.01  0:03 left`. */
    static String step(Progress progress) {
        var parts = new ArrayList<String>();
        parts.add("step " + progress.steps() + "/" + progress.plan().steps());
        parts.add("loss " + measured(progress.loss()));
        learningRate(progress).ifPresent(parts::add);
        parts.add(timeLeft(progress));
        return String.join("  ", parts);
    }

    /**
     * `epoch  3/40  0:12 left  step loss 0.7124  validation accuracy 0.9481  lr 0.001`: what fits into a terminal.
     *
     * @param validation after the last epoch
     */
    static String atPresent(Progress progress, Optional<Evaluation> validation) {
        var parts = new ArrayList<String>();
        parts.add(epochOf(progress));
        parts.add(timeLeft(progress));
        parts.add("step loss " + measured(progress.loss()));
        validation.ifPresent(
                split -> parts.add("validation " + (split.metrics().isEmpty() ? evaluation(split) : metrics(split))));
        learningRate(progress).ifPresent(parts::add);
        return String.join("  ", parts);
    }

    static String epochOf(Progress progress) {
        String epochs = Long.toString(progress.plan().epochs());
        return String.format(Locale.ROOT, "epoch %" + epochs.length() + "d/%s", progress.epoch(), epochs);
    }

    /** The first hyperparameter called `lr`. */
    static Optional<String> learningRate(Progress progress) {
        var numbers = progress.description().hyperparameters();
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i).path().endsWith(".lr")) {
                return Optional.of("lr " + Quantity.rounded(progress.hyperparameters()[i]));
            }
        }
        return Optional.empty();
    }

    static String evaluation(Evaluation evaluation) {
        String loss = "loss " + measured(evaluation.loss());
        return evaluation.metrics().isEmpty() ? loss : loss + ", " + metrics(evaluation);
    }

    /** With matrices, each with its name and a line a row. */
    private static String scores(Evaluation evaluation) {
        var text = new StringBuilder(evaluation(evaluation) + "\n");
        evaluation.matrices().forEach((name, matrix) -> {
            var table = new Table(IntStream.range(0, matrix[0].length).boxed().toArray(Integer[]::new));
            for (double[] row : matrix) {
                table.row(Arrays.stream(row).mapToObj(Quantity::rounded).toArray(String[]::new));
            }
            text.append("    " + name + "\n").append(table.text("        "));
        });
        return text.toString();
    }

    private static String metrics(Evaluation evaluation) {
        var values = new ArrayList<String>();
        evaluation.metrics().forEach((name, value) -> values.add(name + " " + measured(value)));
        return String.join(", ", values);
    }

    /** Four decimals where that says something, else four significant digits. */
    static String measured(double value) {
        boolean plain = value == 0 || Math.abs(value) >= 0.001 && Math.abs(value) < 10_000;
        return Double.isNaN(value) ? "nan" : String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
    }

    /** Everything at the end but where the model is: scores are those of the parameters that were saved. */
    static String result(TrainingResult result) {
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %s, after %s and %s\n",
                result.description().name(),
                result.reason().text(),
                UserText.counted(result.steps(), "step"),
                seconds(result.seconds())));
        result.bestEpoch()
                .ifPresent(epoch -> text.append("restored epoch " + epoch + ", the best by "
                        + result.description().keep().orElseThrow() + "\n"));
        if (result.skipped() > 0) {
            text.append(UserText.counted(result.skipped(), "step")
                    + " skipped, because the loss or its gradient was not finite\n");
        }
        result.train().ifPresent(split -> text.append("training    " + scores(split)));
        result.validation().ifPresent(split -> text.append("validation  " + scores(split)));
        result.test().ifPresent(split -> text.append("test        " + scores(split)));
        if (result.description().data().isPresent() && result.isTrained()) {
            text.append("last epoch  mean loss " + measured(result.meanTrainLoss()) + ", during training\n");
        }
        return text.toString();
    }

    static String warning(String warning) {
        return "warning: " + warning;
    }

    private static String timeLeft(Progress progress) {
        return Quantity.time(progress.secondsLeft()) + " left";
    }

    private static String seconds(double seconds) {
        return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds) : Quantity.time(seconds);
    }
}
