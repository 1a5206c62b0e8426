package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.description.TrainingDescription;

/** What a run has said so far: a report an epoch, and warnings. */
final class Reports implements RunPart {
    private static final String EPOCHS = "reports.epochs";
    private static final String WARNINGS = "reports.warnings";
    /** Numbers of a report before its evaluation. */
    private static final int FIXED = 6;

    private final TrainingDescription description;
    private final List<EpochReport> history = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Reports(TrainingDescription description) {
        this.description = description;
    }

    void add(EpochReport report) {
        history.add(report);
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    List<EpochReport> history() {
        return history;
    }

    List<String> warnings() {
        return warnings;
    }

    @Override
    public void save(RunState state) {
        int width = width();
        double[] numbers = new double[history.size() * width];
        for (int i = 0; i < history.size(); i++) {
            write(history.get(i), numbers, i * width);
        }
        state.put(EPOCHS, numbers);
        state.put(WARNINGS, String.join("\n", warnings));
    }

    private void write(EpochReport report, double[] numbers, int from) {
        numbers[from] = report.epoch();
        numbers[from + 1] = report.steps();
        numbers[from + 2] = report.meanTrainLoss();
        numbers[from + 3] = report.best() ? 1 : 0;
        numbers[from + 4] = report.seconds();
        numbers[from + 5] = report.validation().isPresent() ? 1 : 0;
        report.validation().ifPresent(evaluation -> {
            double[] values = EvaluationNumbers.of(evaluation, description);
            System.arraycopy(values, 0, numbers, from + FIXED, values.length);
        });
    }

    @Override
    public void load(RunState state) {
        double[] numbers = state.doubles(EPOCHS);
        for (int from = 0; from + width() <= numbers.length; from += width()) {
            history.add(read(numbers, from));
        }
        state.text(WARNINGS).lines().forEach(warnings::add);
    }

    private EpochReport read(double[] numbers, int from) {
        boolean validated = numbers[from + 5] == 1;
        return new EpochReport(
                (long) numbers[from],
                (long) numbers[from + 1],
                numbers[from + 2],
                validated
                        ? Optional.of(EvaluationNumbers.evaluation(numbers, from + FIXED, description))
                        : Optional.empty(),
                numbers[from + 3] == 1,
                numbers[from + 4]);
    }

    private int width() {
        return FIXED + EvaluationNumbers.count(description);
    }
}
