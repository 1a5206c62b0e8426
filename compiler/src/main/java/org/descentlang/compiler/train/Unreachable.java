package org.descentlang.compiler.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.ast.TrainClause.StopCondition;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.lower.ExpressionLowering;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.source.Span;

/** What is written and cannot have an effect: metrics that nothing reports, conditions that no run fulfils. */
final class Unreachable {
    private final Timeline timeline;
    private final Problems problems;

    Unreachable(Timeline timeline, Problems problems) {
        this.timeline = timeline;
        this.problems = problems;
    }

    /** Metrics are measured on the validation and test examples, and on others where a condition asks for them. */
    void metrics(List<TrainClause.Metric> metrics, Optional<DataSpec> data, boolean asked) {
        Optional<String> why = data.map(spec -> spec.has("validation") || spec.has("test") || asked
                        ? ""
                        : "this metric is measured once, at the end, on the training examples: `" + spec.name()
                                + "` has no validation or test examples")
                .or(() -> Optional.of("this metric is never reported: there is no data"))
                .filter(reason -> !reason.isEmpty());
        why.ifPresent(reason ->
                metrics.forEach(metric -> problems.report(Problem.at(metric.span(), Code.UNREPORTED_METRIC, reason))));
    }

    void condition(StopCondition condition) {
        switch (condition) {
            case StopCondition.After(var duration, var span) -> outlasts(duration, span);
            case StopCondition.Stalls stalls -> outlasts(stalls.duration(), stalls.span());
            case StopCondition.And(var left, var right, var span) -> {
                condition(left);
                condition(right);
                contradiction(condition, span);
            }
            case StopCondition.Or(var left, var right, var _) -> {
                condition(left);
                condition(right);
            }
            case StopCondition.Compare _ -> {}
        }
    }

    private void outlasts(Expression written, Span place) {
        if (written instanceof Expression.Quantity quantity) {
            OptionalDouble length = timeline.ofRun(ExpressionLowering.duration(quantity));
            if (length.isPresent() && length.getAsDouble() >= timeline.total().amount()) {
                problems.report(Problem.at(
                        place,
                        Code.NEVER_HOLDS,
                        "this never stops the run, which ends after " + timeline.total() + " anyway"));
            }
        }
    }

    /** `x > 0.9 and x < 0.5`. */
    private void contradiction(StopCondition condition, Span place) {
        Map<String, double[]> ranges = new HashMap<>();
        narrow(condition, ranges);
        ranges.forEach((metric, range) -> {
            if (range[0] > range[1]) {
                problems.report(Problem.at(
                        place,
                        Code.NEVER_HOLDS,
                        "this never holds: no `" + metric + "` is both this large and this small"));
            }
        });
    }

    private static void narrow(StopCondition condition, Map<String, double[]> ranges) {
        if (condition instanceof StopCondition.And(var left, var right, var _)) {
            narrow(left, ranges);
            narrow(right, ranges);
        } else if (condition instanceof StopCondition.Compare(var metric, var operator, var value, var _)
                && value instanceof Expression.Number number) {
            double[] range = ranges.computeIfAbsent(
                    metric.span().text(), _ -> new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});
            switch (operator) {
                case GREATER, GREATER_OR_EQUAL -> range[0] = Math.max(range[0], number.value());
                case LESS, LESS_OR_EQUAL -> range[1] = Math.min(range[1], number.value());
                case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, POWER, MATRIX_PRODUCT, EQUAL, NOT_EQUAL, AND, OR -> {}
            }
        }
    }
}
