package org.descentlang.cli;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.model.StopSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;

/** What `describe` says about a `train`. */
final class TrainingText {
    private TrainingText() {}

    static String of(TrainingSpec training) {
        var text = new StringBuilder("train " + training.name() + "\n");
        training.doc().ifPresent(doc -> text.append(ModelText.indented(doc)));
        text.append(clauses(training).text("    "));
        training.data().ifPresent(data -> ModelText.section(text, "data " + data.name(), data(data)));
        ModelText.section(text, "numbers that --set can change", numbers(training));
        text.append("\n    update rule\n")
                .append(training.update().equations().strip().indent(8));
        ModelText.section(text, "parameters that share one update", groups(training));
        ModelText.section(text, "schedules", schedules(training));
        ModelText.section(text, "memory", memory(training));
        return text.toString();
    }

    private static Table clauses(TrainingSpec training) {
        var table = new Table();
        table.row("model", training.model().name());
        table.row("metrics", metrics(training));
        table.row(
                "batch",
                training.batch().isPresent() ? Quantity.count(training.batch().getAsInt()) : "full");
        table.row("length", training.length().toString());
        training.stop().ifPresent(stop -> table.row("stop when", condition(stop)));
        training.keep().ifPresent(metric -> table.row("keep best", metric.toString()));
        table.row("seed", Long.toString(training.seed()));
        for (var clause : training.defaults()) {
            table.row(clause.clause(), clause.value(), "[default]");
        }
        return table;
    }

    private static String metrics(TrainingSpec training) {
        var names = Stream.concat(Stream.of("loss"), training.metrics().stream().map(TrainingSpec.Metric::name));
        return names.collect(Collectors.joining(", "));
    }

    private static String condition(StopSpec stop) {
        return switch (stop) {
            case StopSpec.Stalls(var metric, var duration) -> metric + " stalls for " + duration;
            case StopSpec.Compare(var metric, var operator, var value) ->
                metric + " " + operator.text() + " " + Quantity.number(value);
            case StopSpec.After(var duration) -> "after " + duration;
            case StopSpec.And(var left, var right) -> "(" + condition(left) + " and " + condition(right) + ")";
            case StopSpec.Or(var left, var right) -> "(" + condition(left) + " or " + condition(right) + ")";
        };
    }

    private static Table data(DataSpec data) {
        var table = new Table();
        table.row(
                "from",
                switch (data.source()) {
                    case DataSpec.Source.Csv(var path, var _) -> path;
                    case DataSpec.Source.Random(var examples) -> Quantity.count(examples) + " examples made in memory";
                });
        for (var field : data.fields()) {
            table.row(field.name(), field.type().toString(), content(field.content()));
        }
        var split = data.split();
        var shares = "train %s%%, validation %s%%, test %s%%"
                .formatted(percent(split.train()), percent(split.validation()), percent(split.test()));
        table.row(
                "split",
                shares,
                split.seed().isPresent() ? "seed " + split.seed().getAsLong() : "in the file's order");
        return table;
    }

    private static String percent(double share) {
        return Quantity.rounded(100 * share);
    }

    private static String content(DataSpec.Content content) {
        return switch (content) {
            case DataSpec.Content.Columns(var first, var last, var single, var _) ->
                single ? "column " + first : "columns " + first + " .. " + last;
            case DataSpec.Content.Label(var column, var classes) ->
                "column " + column + ", a class 0 .. " + (classes - 1);
            case DataSpec.Content.RandomUniform(var low, var high) ->
                "uniform(" + Quantity.number(low) + ", " + Quantity.number(high) + ")";
            case DataSpec.Content.RandomNormal(var mean, var deviation) ->
                "normal(" + Quantity.number(mean) + ", " + Quantity.number(deviation) + ")";
            case DataSpec.Content.RandomLabel(var classes) -> "a class 0 .. " + (classes - 1);
        };
    }

    private static Table numbers(TrainingSpec training) {
        var table = new Table();
        for (var number : training.hyperparameters()) {
            table.row(number.path(), Quantity.number(number.value()), number.defaulted() ? "[default]" : "");
        }
        return table;
    }

    private static Table groups(TrainingSpec training) {
        var table = new Table(1);
        for (var group : training.update().groups()) {
            String members =
                    group.parameters().stream().map(ParameterSpec::path).collect(Collectors.joining(", "));
            table.row(group.name(), Quantity.count(group.count()), members);
        }
        for (var frozen : training.update().frozen()) {
            table.row("frozen", Quantity.count(frozen.count()), frozen.path());
        }
        return table;
    }

    private static Table schedules(TrainingSpec training) {
        var table = new Table();
        for (var schedule : training.schedules()) {
            table.row(schedule.text(), "drives " + String.join(", ", schedule.targets()));
            for (var segment : schedule.segments()) {
                table.row("  " + segment.text(), "for " + segment.length());
            }
        }
        return table;
    }

    private static Table memory(TrainingSpec training) {
        var model = training.model();
        var update = training.update();
        var table = new Table(1);
        row(table, "parameters", sum(model.parameters(), ParameterSpec::count));
        row(table, "gradients", sum(update.groups(), UpdateGroup::count));
        row(
                table,
                "optimizer state",
                sum(update.states(), state -> state.group().count()));
        row(table, "running state", sum(model.running(), RunningSpec::count));
        long rows = training.batch().orElse(1);
        long inputs = training.data().stream()
                .flatMap(data -> data.fields().stream())
                .mapToLong(field -> field.type().shape().count(rows))
                .sum();
        row(table, "a batch", inputs);
        row(table, "in between", PlanText.work(training));
        return table;
    }

    private static <T> long sum(List<T> parts, ToLongFunction<T> count) {
        return parts.stream().mapToLong(count).sum();
    }

    private static void row(Table table, String name, long elements) {
        table.row(name, Quantity.bytes(Float.BYTES * elements));
    }
}
