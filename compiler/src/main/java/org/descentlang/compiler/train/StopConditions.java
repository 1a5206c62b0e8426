package org.descentlang.compiler.train;

import java.util.Optional;
import java.util.function.BiFunction;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.description.Duration;
import org.descentlang.description.MetricReference;
import org.descentlang.description.StopCondition;

/** `stop when …` as written to what it says. */
final class StopConditions {
    private final MetricReferences metrics;
    private final Durations durations;
    private final Constants constants;

    StopConditions(MetricReferences metrics, Durations durations, Constants constants) {
        this.metrics = metrics;
        this.durations = durations;
        this.constants = constants;
    }

    Optional<StopCondition> lower(TrainClause.StopCondition condition) {
        return switch (condition) {
            case TrainClause.StopCondition.Stalls stalls -> stalls(stalls);
            case TrainClause.StopCondition.Compare compare -> compare(compare);
            case TrainClause.StopCondition.After after ->
                durations.duration(after.duration()).map(StopCondition.After::new);
            case TrainClause.StopCondition.And(var left, var right, var _) ->
                both(lower(left), lower(right), StopCondition.And::new);
            case TrainClause.StopCondition.Or(var left, var right, var _) ->
                both(lower(left), lower(right), StopCondition.Or::new);
        };
    }

    private Optional<StopCondition> stalls(TrainClause.StopCondition.Stalls stalls) {
        Optional<MetricReference> goal = metrics.goal(stalls.metric(), stalls.direction());
        Optional<Duration> duration = durations.duration(stalls.duration());
        return both(goal, duration, StopCondition.Stalls::new);
    }

    private Optional<StopCondition> compare(TrainClause.StopCondition.Compare compare) {
        var metric = metrics.resolve(compare.metric());
        if (compare.value() instanceof Expression.Path || compare.value() instanceof Expression.Reference) {
            var place = compare.value().span();
            constants.report(Problem.at(
                    place,
                    Code.NOT_SUPPORTED,
                    "a metric can only be compared with a number, not with `" + place.text() + "`"));
            return Optional.empty();
        }
        var value = constants.number(compare.value(), "what a metric is compared with");
        if (metric.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StopCondition.Compare(
                metric.get(), StopCondition.Relation.valueOf(compare.operator().name()), value.getAsDouble()));
    }

    private static <A, B> Optional<StopCondition> both(
            Optional<? extends A> left, Optional<? extends B> right, BiFunction<A, B, StopCondition> join) {
        return left.isPresent() && right.isPresent()
                ? Optional.of(join.apply(left.get(), right.get()))
                : Optional.empty();
    }
}
