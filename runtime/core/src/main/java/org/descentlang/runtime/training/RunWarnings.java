package org.descentlang.runtime.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.descentlang.description.Duration;
import org.descentlang.description.MetricReference;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.StopCondition;
import org.descentlang.description.StopCondition.After;
import org.descentlang.description.StopCondition.And;
import org.descentlang.description.StopCondition.Compare;
import org.descentlang.description.StopCondition.Or;
import org.descentlang.description.StopCondition.Stalls;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.UserText;

/** Signs that a run goes wrong although its values are finite. Each says only what is certain. */
final class RunWarnings {
    /** A loss that began below this is at its minimum, and rounding alone may multiply it. */
    private static final double SMALLEST_LOSS = 1e-6;

    private static final double FAR = 10;

    private RunWarnings() {}

    /** Stalls that are shorter than the time between two measurements. */
    static List<String> shortStalls(StopCondition condition, RunPlan plan) {
        return switch (condition) {
            case Stalls(var metric, var duration)
            when isShort(metric, duration, plan) ->
                List.of(("`%s stalls for %s`: %s is measured once per epoch, which is %s,"
                                + " so the first epoch that is not better ends the run")
                        .formatted(metric, duration, metric, UserText.counted(plan.stepsPerEpoch(), "step")));
            case Stalls _, Compare _, After _ -> List.of();
            case And(var left, var right) -> both(left, right, plan);
            case Or(var left, var right) -> both(left, right, plan);
        };
    }

    private static List<String> both(StopCondition left, StopCondition right, RunPlan plan) {
        var warnings = new ArrayList<>(shortStalls(left, plan));
        warnings.addAll(shortStalls(right, plan));
        return warnings;
    }

    private static boolean isShort(MetricReference metric, Duration duration, RunPlan plan) {
        boolean counted = duration.unit() != Duration.Unit.SECONDS && duration.unit() != Duration.Unit.REST;
        return counted && !metric.split().isEmpty() && plan.steps(duration) < plan.stepsPerEpoch();
    }

    /** Weights whose columns were never told apart: equal units with equal gradients stay equal for good. */
    static List<String> equalUnits(TrainingDescription description, TrainingState state) {
        return description.parameters().stream()
                .filter(parameter -> parameter.offset() < description.trainedCount())
                .filter(parameter -> hasUnits(parameter) && columnsAreEqual(parameter, state.parameters()))
                .map(parameter ->
                        ("the %d units of `%s` started equal and are still equal after an epoch: they all learn the same."
                                        + " Use random initial values")
                                .formatted(parameter.shape().getLast(), parameter.path()))
                .toList();
    }

    private static boolean hasUnits(ParameterDescription parameter) {
        boolean role = parameter.role().equals("weight") || parameter.role().equals("embedding");
        return role && parameter.shape().size() > 1 && parameter.shape().getLast() > 1;
    }

    private static boolean columnsAreEqual(ParameterDescription parameter, float[] values) {
        int columns = parameter.shape().getLast();
        for (int i = 0; i < parameter.count(); i++) {
            int first = i - i % columns;
            if (values[parameter.offset() + i] != values[parameter.offset() + first]) {
                return false;
            }
        }
        return true;
    }

    static String nothingChanged(long updates) {
        return "no parameter changed in %s: every gradient, or the learning rate, was 0"
                .formatted(UserText.counted(updates, "update"));
    }

    /** Whether a loss is where no training should end that began at {@code start}. */
    static boolean isFarAbove(double loss, double start) {
        return loss - start > (FAR - 1) * Math.max(Math.abs(start), SMALLEST_LOSS);
    }

    static String lossRose(double start, double end) {
        return String.format(
                Locale.ROOT, "the training loss is %.4g, far above the %.4g of the initial parameters", end, start);
    }

    static String neverBest(MetricReference metric) {
        return "`keep best %s` kept nothing, because it was never a number: the parameters are those of the last step"
                .formatted(metric);
    }

    /** @param split `validation` */
    static Optional<String> notFinite(String split, Optional<Evaluation> evaluation) {
        return evaluation
                .filter(scores -> !Double.isFinite(scores.loss()))
                .map(scores -> "the %s loss of the final parameters is %s".formatted(split, text(scores.loss())));
    }

    private static String text(double loss) {
        return Double.isNaN(loss) ? "not a number" : "infinite";
    }
}
