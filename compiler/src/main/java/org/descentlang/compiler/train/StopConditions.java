package org.descentlang.compiler.train;

import java.util.Optional;
import java.util.function.BiFunction;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.TrainClause;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.model.Duration;
import org.descentlang.compiler.model.StopSpec;

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

    Optional<StopSpec> lower(TrainClause.StopCondition condition) {
        return switch (condition) {
            case TrainClause.StopCondition.Stalls stalls -> stalls(stalls);
            case TrainClause.StopCondition.Compare compare -> compare(compare);
            case TrainClause.StopCondition.After after ->
                durations.duration(after.duration()).map(StopSpec.After::new);
            case TrainClause.StopCondition.And(var left, var right, var _) ->
                both(lower(left), lower(right), StopSpec.And::new);
            case TrainClause.StopCondition.Or(var left, var right, var _) ->
                both(lower(left), lower(right), StopSpec.Or::new);
        };
    }

    private Optional<StopSpec> stalls(TrainClause.StopCondition.Stalls stalls) {
        Optional<StopSpec.Goal> goal = metrics.goal(stalls.metric(), stalls.direction());
        Optional<Duration> duration = durations.duration(stalls.duration());
        return both(goal, duration, StopSpec.Stalls::new);
    }

    private Optional<StopSpec> compare(TrainClause.StopCondition.Compare compare) {
        var metric = metrics.resolve(compare.metric());
        if (compare.value() instanceof Expression.Path || compare.value() instanceof Expression.Reference) {
            var place = compare.value().span();
            constants.report(Problem.at(
                    place, Code.NOT_SUPPORTED, "a metric is compared with a number, not with `" + place.text() + "`"));
            return Optional.empty();
        }
        var value = constants.number(compare.value(), "what a metric is compared with");
        if (metric.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new StopSpec.Compare(metric.get(), compare.operator(), value.getAsDouble()));
    }

    private static <A, B> Optional<StopSpec> both(
            Optional<? extends A> left, Optional<? extends B> right, BiFunction<A, B, StopSpec> join) {
        return left.isPresent() && right.isPresent()
                ? Optional.of(join.apply(left.get(), right.get()))
                : Optional.empty();
    }
}
