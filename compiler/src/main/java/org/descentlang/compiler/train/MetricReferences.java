package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.Suggestion;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.description.MetricReference;

/** What `stop` and `keep` may look at: `validation.accuracy`, `train.loss`, `gradient_norm`. */
final class MetricReferences {
    static final List<String> SPLITS = List.of("train", "validation", "test");

    private static final List<String> OF_THE_STEP = List.of("loss", "gradient_norm");

    private final List<TrainingSpec.Metric> metrics;
    private final Set<String> unknown;
    private final Set<String> declared;
    private final Optional<DataSpec> data;
    private final Problems problems;
    private final Map<String, Name> found = new LinkedHashMap<>();
    private final Set<String> empty = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private final Map<Expression.Path, String> undirected = new LinkedHashMap<>();
    private boolean train;

    /**
     * @param metrics those of the `metric` clauses
     * @param declared those that there could be
     * @param unknown those among them that do not exist; what refers to none of the others may mean one of these
     */
    MetricReferences(
            List<TrainingSpec.Metric> metrics,
            Set<String> unknown,
            Set<String> declared,
            Optional<DataSpec> data,
            Problems problems) {
        this.declared = declared;
        this.metrics = metrics;
        this.unknown = unknown;
        this.data = data;
        this.problems = problems;
    }

    /**
     * A metric and which way it gets better.
     *
     * @param said in this place; it counts before what is known of the metric
     */
    Optional<MetricReference> goal(Expression.Path written, Optional<Direction> said) {
        return resolve(written).flatMap(metric -> {
            Optional<Direction> direction = said.or(() -> direction(metric.metric()));
            if (direction.isEmpty()) {
                undirected.put(written, metric.metric());
            }
            return direction.map(known -> metric.better(known == Direction.HIGHEST));
        });
    }

    /** `loss` and `gradient_norm` are better when they are lower. */
    private Optional<Direction> direction(String metric) {
        return metrics.stream()
                .filter(candidate -> candidate.name().equals(metric))
                .findFirst()
                .map(TrainingSpec.Metric::direction)
                .orElse(Optional.of(Direction.LOWEST));
    }

    /** What `keep best` compares epochs by: of a step's own values only the last would be seen. */
    Optional<MetricReference> ofEpoch(Expression.Path path, Optional<Direction> said) {
        if (path.parts().size() > 1) {
            return goal(path, said);
        }
        problems.report(
                data.isEmpty()
                        ? Problem.at(
                                path.span(),
                                Code.EMPTY_SPLIT,
                                "without data there are no epochs to choose from: the run keeps the parameters of the last step")
                        : onSplit(path));
        return Optional.empty();
    }

    /** Whether some metric is measured on the training examples. */
    boolean askForTrain() {
        return train;
    }

    Optional<MetricReference> resolve(Expression expression) {
        return switch (expression) {
            case Expression.Reference(var name) -> ofTheStep(name);
            case Expression.Path(var parts, var _) when parts.size() == 1 -> ofTheStep(parts.getFirst());
            case Expression.Path(var parts, var _) when parts.size() == 2 -> ofSplit(parts.getFirst(), parts.getLast());
            default -> {
                problems.report(onSplit(expression));
                yield Optional.empty();
            }
        };
    }

    private static Problem onSplit(Expression expression) {
        return Problem.at(
                expression.span(),
                Code.UNKNOWN_NAME,
                "expected a metric on a split, such as `validation.loss`, not `"
                        + expression.span().text() + "`");
    }

    private Optional<MetricReference> ofTheStep(Name name) {
        if (OF_THE_STEP.contains(name.text())) {
            return Optional.of(MetricReference.ofTheStep(name.text()));
        }
        boolean onSplit = metrics.stream().anyMatch(metric -> metric.name().equals(name.text()));
        String title = onSplit
                ? "`%s` of which split? `validation.%s`".formatted(name, name)
                : "there is no value `%s` here%s".formatted(name, Suggestion.didYouMean(name.text(), OF_THE_STEP));
        problems.report(Problem.at(name.span(), Code.UNKNOWN_NAME, title));
        return Optional.empty();
    }

    private Optional<MetricReference> ofSplit(Name split, Name metric) {
        return hasExamples(split) ? metric(split, metric) : Optional.empty();
    }

    private boolean hasExamples(Name split) {
        if (!SPLITS.contains(split.text())) {
            problems.report(Problem.at(
                    split.span(),
                    Code.UNKNOWN_NAME,
                    "there is no split `%s`, only `train`, `validation` and `test`%s"
                            .formatted(split, Suggestion.didYouMean(split.text(), SPLITS))));
            return false;
        }
        if (data.isEmpty()) {
            problems.report(Problem.at(
                    split.span(),
                    Code.EMPTY_SPLIT,
                    "without data there are no splits; `loss` is the value that is minimised"));
            return false;
        }
        if (!data.get().has(split.text())) {
            if (empty.add(split.text())) {
                problems.report(noExamples(split, data.get()));
            }
            return false;
        }
        return true;
    }

    private static Problem noExamples(Name split, DataSpec data) {
        Problem problem = Problem.at(
                split.span(), Code.EMPTY_SPLIT, "`%s` has no examples in `%s`".formatted(split, data.name()));
        return data.split().defaulted()
                ? problem.also(data.span(), "it has no `split`")
                        .help("add a clause such as `split train 80%, validation 20%`")
                : problem.also(data.span(), "its `split` has no share for `" + split + "`");
    }

    private Optional<MetricReference> metric(Name split, Name metric) {
        var known = new ArrayList<String>(List.of("loss"));
        metrics.forEach(candidate -> known.add(candidate.name()));
        if (known.contains(metric.text())) {
            found.putIfAbsent(metric.text(), metric);
            train |= split.text().equals("train");
            return Optional.of(new MetricReference(split.text(), metric.text(), false));
        }
        if (unknown.isEmpty() && missing.add(metric.text())) {
            Problem problem = Problem.at(
                    metric.span(),
                    Code.UNKNOWN_NAME,
                    "there is no metric `%s` here%s".formatted(metric, Suggestion.didYouMean(metric.text(), known)));
            problems.report(
                    declared.contains(metric.text())
                            ? problem.help("add a clause `metric %s(…)`".formatted(metric))
                            : problem);
        }
        return Optional.empty();
    }

    /** Of what was found, only numbers can be compared, and of these it must be known which are better. */
    void check(Totals totals) {
        undirected.forEach((written, metric) -> {
            if (totals.type(metric).isScalar()) {
                problems.report(undirected(written, metric));
            }
        });
        found.forEach((metric, place) -> {
            if (!metric.equals("loss") && !totals.type(metric).isScalar()) {
                problems.report(Problem.at(
                        place.span(),
                        Code.WRONG_VALUE,
                        "`" + metric + "` is a matrix, and no matrix is better than another"));
            }
        });
    }

    private static Problem undirected(Expression.Path written, String metric) {
        String text = written.span().text();
        return Problem.at(
                        written.span(),
                        Code.DIRECTION,
                        "it is not stated whether a lower or a higher `%s` is better".formatted(metric))
                .help("write `lowest %s` or `highest %s`".formatted(text, text));
    }
}
