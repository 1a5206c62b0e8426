package org.descentlang.cli;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.type.Shape;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.RunningDescription;
import org.descentlang.description.ScheduleDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.description.TrainingDescription.Limit;
import org.descentlang.description.TrainingDescription.MetricDescription;
import org.descentlang.description.TrainingDescription.StateDescription;
import org.descentlang.description.TrainingDescription.StatisticDescription;

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
                training.length(),
                training.shuffle(),
                training.totals().statistics().stream()
                        .map(statistic ->
                                new StatisticDescription(Math.toIntExact(statistic.count()), statistic.merge()))
                        .toList(),
                training.metrics().stream()
                        .map(metric -> new MetricDescription(
                                metric.name(),
                                sizes(training.totals().type(metric.name()).shape())))
                        .toList(),
                training.stop(),
                training.keep(),
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
        return new HyperparameterDescription(number.path(), number.value(), number.range(), limits);
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
                    spec.path(), spec.role().keyword(), sizes(spec.shape()), offset, spec.initial()));
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

    private static ScheduleDescription schedule(TrainingSpec training, ScheduleSpec schedule) {
        var paths =
                training.hyperparameters().stream().map(number -> number.path()).toList();
        return new ScheduleDescription(
                schedule.text(),
                schedule.targets().stream().map(paths::indexOf).toList(),
                schedule.segments().stream()
                        .map(segment ->
                                new ScheduleDescription.Segment(segment.text(), segment.length(), segment.durations()))
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
}
