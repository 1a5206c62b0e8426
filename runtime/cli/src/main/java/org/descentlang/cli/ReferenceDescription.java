package org.descentlang.cli;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.ast.Expression.BinaryOperator;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Duration;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.Initial;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.Range;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.StopSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.type.Shape;
import org.descentlang.runtime.model.Initializer;
import org.descentlang.runtime.model.ParameterDescription;
import org.descentlang.runtime.model.RunningDescription;
import org.descentlang.runtime.training.FieldDescription;
import org.descentlang.runtime.training.MetricReference;
import org.descentlang.runtime.training.ScheduleDescription;
import org.descentlang.runtime.training.StopCondition;
import org.descentlang.runtime.training.TrainingDescription;
import org.descentlang.runtime.training.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.training.TrainingDescription.Limit;
import org.descentlang.runtime.training.TrainingDescription.Merge;
import org.descentlang.runtime.training.TrainingDescription.MetricDescription;
import org.descentlang.runtime.training.TrainingDescription.ShuffleOrder;
import org.descentlang.runtime.training.TrainingDescription.StateDescription;
import org.descentlang.runtime.training.TrainingDescription.StatisticDescription;

/** A checked `train` as the training loop wants it described, for the reference evaluator. */
final class ReferenceDescription {
    private ReferenceDescription() {}

    /** @param capacity rows that the inputs hold */
    static TrainingDescription of(TrainingSpec training, int capacity) {
        var parameters = parameters(training);
        var states = states(training);
        var running = running(training);
        return new TrainingDescription(
                training.name(),
                training.span().source().name(),
                parameters,
                count(parameters),
                count(parameters.subList(
                        0, parameters.size() - training.update().frozen().size())),
                states,
                states.stream().mapToInt(StateDescription::count).sum(),
                running,
                running.stream().mapToInt(RunningDescription::count).sum(),
                training.hyperparameters().stream()
                        .map(ReferenceDescription::hyperparameter)
                        .toList(),
                training.schedules().stream()
                        .map(schedule -> schedule(training, schedule))
                        .toList(),
                training.data().map(ReferenceData::of),
                training.data().map(data -> fields(data, capacity)).orElse(List.of()),
                training.batch().orElse(0),
                training.accumulate(),
                duration(training.length()),
                switch (training.shuffle()) {
                    case EVERY_EPOCH -> ShuffleOrder.EVERY_EPOCH;
                    case ONCE -> ShuffleOrder.ONCE;
                    case NONE -> ShuffleOrder.NONE;
                },
                training.totals().statistics().stream()
                        .map(statistic -> new StatisticDescription(
                                Math.toIntExact(statistic.count()),
                                Merge.valueOf(statistic.merge().name())))
                        .toList(),
                training.metrics().stream()
                        .map(metric -> new MetricDescription(
                                metric.name(),
                                sizes(training.totals().type(metric.name()).shape())))
                        .toList(),
                training.stop().map(ReferenceDescription::condition),
                training.keep().map(ReferenceDescription::goal),
                training.seed(),
                training.skipNonfinite());
    }

    private static int count(List<ParameterDescription> parameters) {
        return parameters.stream().mapToInt(ParameterDescription::count).sum();
    }

    private static HyperparameterDescription hyperparameter(Hyperparameter number) {
        var limits = number.orders().stream()
                .map(order -> new Limit(order.larger(), !order.strict()))
                .toList();
        return new HyperparameterDescription(number.path(), number.value(), range(number.range()), limits);
    }

    private static org.descentlang.runtime.training.Range range(Range range) {
        return new org.descentlang.runtime.training.Range(
                range.low(), range.lowIncluded(), range.high(), range.highIncluded(), range.whole());
    }

    /** Groups one after another, then what is frozen. */
    private static List<ParameterDescription> parameters(TrainingSpec training) {
        var specs = new ArrayList<ParameterSpec>();
        training.update().groups().forEach(group -> specs.addAll(group.parameters()));
        specs.addAll(training.update().frozen());
        var parameters = new ArrayList<ParameterDescription>();
        int offset = 0;
        for (var spec : specs) {
            parameters.add(new ParameterDescription(
                    spec.path(), spec.role().keyword(), sizes(spec.shape()), offset, initializer(spec.initial())));
            offset += Math.toIntExact(spec.count());
        }
        return parameters;
    }

    private static List<StateDescription> states(TrainingSpec training) {
        var states = new ArrayList<StateDescription>();
        int offset = 0;
        for (var spec : training.update().states()) {
            int count = Math.toIntExact(spec.group().count());
            states.add(new StateDescription(spec.path(), offset, count, (float) spec.initial()));
            offset += count;
        }
        return states;
    }

    private static List<RunningDescription> running(TrainingSpec training) {
        var running = new ArrayList<RunningDescription>();
        int offset = 0;
        for (var spec : training.model().running()) {
            running.add(new RunningDescription(spec.path(), sizes(spec.shape()), offset, (float) spec.initial()));
            offset += Math.toIntExact(spec.count());
        }
        return running;
    }

    private static List<Integer> sizes(Shape shape) {
        return shape.dims().stream().map(dim -> Math.toIntExact(dim.fixed())).toList();
    }

    private static Initializer initializer(Initial initial) {
        return switch (initial) {
            case Initial.Constant(var value) -> new Initializer.Constant(value);
            case Initial.Values(var values) ->
                new Initializer.Values(
                        values.stream().mapToDouble(Double::doubleValue).toArray());
            case Initial.Uniform(var low, var high) -> new Initializer.Uniform(low, high);
            case Initial.Normal(var mean, var deviation) -> new Initializer.Normal(mean, deviation);
            case Initial.TruncatedNormal(var mean, var deviation, var cut) ->
                new Initializer.TruncatedNormal(mean, deviation, cut);
            case Initial.Orthogonal(var gain) -> new Initializer.Orthogonal(gain);
        };
    }

    private static ScheduleDescription schedule(TrainingSpec training, ScheduleSpec schedule) {
        var paths =
                training.hyperparameters().stream().map(number -> number.path()).toList();
        return new ScheduleDescription(
                schedule.text(),
                schedule.targets().stream().map(paths::indexOf).toList(),
                schedule.segments().stream()
                        .map(segment -> new ScheduleDescription.Segment(
                                segment.text(),
                                duration(segment.length()),
                                segment.durations().stream()
                                        .map(ReferenceDescription::duration)
                                        .toList()))
                        .toList());
    }

    /** Fields one after another, each with room for {@code capacity} rows. */
    private static List<FieldDescription> fields(DataSpec data, int capacity) {
        var fields = new ArrayList<FieldDescription>();
        int floats = 0;
        int ints = 0;
        for (var field : data.fields()) {
            boolean whole = ReferenceData.isWhole(field);
            int width = ReferenceData.width(field);
            fields.add(new FieldDescription(field.name(), whole, whole ? ints : floats, width));
            if (whole) {
                ints += capacity * width;
            } else {
                floats += capacity * width;
            }
        }
        return fields;
    }

    private static org.descentlang.runtime.training.Duration duration(Duration duration) {
        var unit = switch (duration.unit()) {
            case STEPS -> org.descentlang.runtime.training.Duration.Unit.STEPS;
            case EPOCHS -> org.descentlang.runtime.training.Duration.Unit.EPOCHS;
            case SAMPLES -> org.descentlang.runtime.training.Duration.Unit.SAMPLES;
            case SECONDS -> org.descentlang.runtime.training.Duration.Unit.SECONDS;
            case REST -> org.descentlang.runtime.training.Duration.Unit.REST;
        };
        return new org.descentlang.runtime.training.Duration(duration.amount(), unit);
    }

    private static StopCondition condition(StopSpec stop) {
        return switch (stop) {
            case StopSpec.Stalls(var goal, var duration) -> new StopCondition.Stalls(goal(goal), duration(duration));
            case StopSpec.Compare(var metric, var operator, var value) ->
                new StopCondition.Compare(reference(metric, Direction.LOWEST), relation(operator), value);
            case StopSpec.After(var duration) -> new StopCondition.After(duration(duration));
            case StopSpec.And(var left, var right) -> new StopCondition.And(condition(left), condition(right));
            case StopSpec.Or(var left, var right) -> new StopCondition.Or(condition(left), condition(right));
        };
    }

    private static StopCondition.Relation relation(BinaryOperator operator) {
        return StopCondition.Relation.valueOf(operator.name());
    }

    private static MetricReference goal(StopSpec.Goal goal) {
        return reference(goal.metric(), goal.direction());
    }

    private static MetricReference reference(StopSpec.MetricReference metric, Direction direction) {
        return new MetricReference(metric.split(), metric.metric(), direction == Direction.HIGHEST);
    }
}
