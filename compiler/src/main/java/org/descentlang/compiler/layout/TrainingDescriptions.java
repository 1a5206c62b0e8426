package org.descentlang.compiler.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ScheduleSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.DataDescription.Conversion;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ScheduleDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.description.TrainingDescription.Limit;
import org.descentlang.description.TrainingDescription.MetricDescription;
import org.descentlang.description.TrainingDescription.StateDescription;
import org.descentlang.description.TrainingDescription.StatisticDescription;

/** A checked `train` as the training loop wants it described. */
public final class TrainingDescriptions {
    private TrainingDescriptions() {}

    /** @param conversions how fields are made of columns */
    public static TrainingDescription of(TrainingSpec training, Function<DataSpec.Field, Conversion> conversions) {
        var places = TrainingPlaces.of(training);
        return new TrainingDescription(
                training.name(),
                training.span().source().shortName(),
                ModelPlaces.layout(training.model(), places.inOrder(), places.parameters(), places.running()),
                Math.toIntExact(places.trained()),
                states(training, places.states()),
                training.hyperparameters().stream()
                        .map(TrainingDescriptions::hyperparameter)
                        .toList(),
                training.schedules().stream()
                        .map(schedule -> schedule(training, schedule))
                        .toList(),
                training.data().map(data -> DataDescriptions.of(data, conversions)),
                training.data().map(TrainingDescriptions::fields).orElse(List.of()),
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
                                ModelPlaces.sizes(
                                        training.totals().type(metric.name()).shape())))
                        .toList(),
                training.stop(),
                training.keep(),
                training.seed(),
                training.skipNonfinite());
    }

    private static List<StateDescription> states(TrainingSpec training, Places places) {
        return training.update().states().stream()
                .map(state -> new StateDescription(
                        state.path(),
                        Math.toIntExact(places.of(state.path())),
                        Math.toIntExact(state.group().count()),
                        (float) state.initial()))
                .toList();
    }

    private static HyperparameterDescription hyperparameter(Hyperparameter number) {
        var limits = number.orders().stream()
                .map(order -> new Limit(order.larger(), !order.strict()))
                .toList();
        return new HyperparameterDescription(number.path(), number.value(), number.range(), limits);
    }

    private static ScheduleDescription schedule(TrainingSpec training, ScheduleSpec schedule) {
        var paths =
                training.hyperparameters().stream().map(Hyperparameter::path).toList();
        return new ScheduleDescription(
                schedule.text(),
                schedule.targets().stream().map(paths::indexOf).toList(),
                schedule.segments().stream()
                        .map(segment ->
                                new ScheduleDescription.Segment(segment.text(), segment.length(), segment.durations()))
                        .toList());
    }

    private static List<FieldDescription> fields(DataSpec data) {
        var fields = new ArrayList<FieldDescription>();
        int floats = 0;
        int ints = 0;
        for (DataSpec.Field field : data.fields()) {
            boolean whole = field.type().element() == ElementType.I32;
            int width = DataDescriptions.width(field);
            fields.add(new FieldDescription(field.name(), whole, whole ? ints : floats, width));
            if (whole) {
                ints += width;
            } else {
                floats += width;
            }
        }
        return fields;
    }
}
