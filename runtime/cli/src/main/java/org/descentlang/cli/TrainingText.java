package org.descentlang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateSpec;
import org.descentlang.description.DataSource;
import org.descentlang.description.Duration;
import org.descentlang.description.NumberText;
import org.descentlang.description.StopCondition;

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
        ModelText.section(
                text,
                "peak memory of the training process",
                ProcessMemory.of(training).table());
        return text.toString();
    }

    private static Table clauses(TrainingSpec training) {
        var table = new Table();
        table.row("model", training.model().name());
        table.row("loss", oneLine(training.loss()));
        training.metrics().forEach(metric -> table.row("metric", metric(metric)));
        training.update().clips().forEach(clip -> table.row("clip", call(clip)));
        table.row("optimizer", call(training.update().optimizer()));
        if (training.data().isPresent()) {
            table.row(
                    "batch",
                    training.batch().isPresent()
                            ? Quantity.count(training.batch().getAsInt())
                            : "full");
        }
        if (training.accumulate() > 1) {
            table.row("accumulate", training.accumulate() + " micro-batches per update");
        }
        table.row("length", training.length().toString());
        training.stop().ifPresent(stop -> table.row("stop when", condition(stop)));
        training.keep().ifPresent(goal -> table.row("keep best", goal.goal()));
        if (training.defaults().stream().noneMatch(clause -> clause.clause().equals("seed"))) {
            table.row("seed", Long.toString(training.seed()));
        }
        if (training.defaults().stream().noneMatch(clause -> clause.clause().equals("device"))) {
            table.row("device", training.device().toString());
        }
        for (var clause : training.defaults()) {
            table.row(clause.clause(), clause.value(), "[default]");
        }
        return table;
    }

    private static String metric(TrainingSpec.Metric metric) {
        return metric.name()
                + metric.direction()
                        .map(better -> " (" + better.keyword() + " is best)")
                        .orElse("");
    }

    private static String call(UpdateSpec.Rule rule) {
        return ModelText.call(rule.name(), rule.choices());
    }

    private static String oneLine(String source) {
        return source.replaceAll("\\s+", " ");
    }

    private static String condition(StopCondition stop) {
        return switch (stop) {
            case StopCondition.Stalls(var goal, var duration) -> goal.goal() + " stalls for " + duration;
            case StopCondition.Compare(var metric, var relation, var value) ->
                metric + " " + relation.symbol() + " " + NumberText.of(value);
            case StopCondition.After(var duration) -> "after " + duration;
            case StopCondition.And(var left, var right) -> operand(left) + " and " + operand(right);
            case StopCondition.Or(var left, var right) -> operand(left) + " or " + operand(right);
        };
    }

    private static String operand(StopCondition stop) {
        return switch (stop) {
            case StopCondition.Stalls _, StopCondition.Compare _, StopCondition.After _ -> condition(stop);
            case StopCondition.And _, StopCondition.Or _ -> "(" + condition(stop) + ")";
        };
    }

    private static Table data(DataSpec data) {
        var table = new Table();
        switch (data.source()) {
            case DataSource.File(var examples, var validation, var test) -> {
                table.row("from", paths(examples));
                validation.ifPresent(own -> table.row("validation from", paths(own)));
                test.ifPresent(own -> table.row("test from", paths(own)));
            }
            case DataSource.RandomExamples(var examples) ->
                table.row("from", Quantity.counted(examples, "example") + " generated in memory");
        }
        for (var field : data.fields()) {
            table.row(field.name(), field.type().toString(), oneLine(field.text()));
        }
        var split = data.split();
        table.row("split", shares(split), split.defaulted() ? "[default]" : "");
        if (!split.defaulted()) {
            table.row(
                    "",
                    split.seed().isPresent()
                            ? "shuffled by seed " + split.seed().getAsLong()
                            : "in the order of the file",
                    split.seed().isPresent() ? "" : "[default]");
        }
        return table;
    }

    private static String paths(DataSource.Paths paths) {
        return paths.path() + paths.labels().map(labels -> " labels " + labels).orElse("");
    }

    /** `train 80%, test 20%`. */
    private static String shares(DataSpec.Split split) {
        var shares = new ArrayList<String>(List.of("train " + percent(split.train())));
        if (split.validation() > 0) {
            shares.add("validation " + percent(split.validation()));
        }
        if (split.test() > 0) {
            shares.add("test " + percent(split.test()));
        }
        return String.join(", ", shares);
    }

    private static String percent(double share) {
        return Quantity.rounded(100 * share) + "%";
    }

    private static Table numbers(TrainingSpec training) {
        var table = new Table();
        for (var number : training.hyperparameters()) {
            table.row(
                    number.path(),
                    NumberText.of(number.value()),
                    requirements(number),
                    number.defaulted() ? "[default]" : "");
        }
        return table;
    }

    /** `smallest >= 0, smallest <= optimizer.largest`. */
    private static String requirements(Hyperparameter number) {
        var texts = new ArrayList<String>();
        texts.add(number.range().requirement(number.name()));
        number.orders().forEach(order -> texts.add(number.name() + (order.strict() ? " < " : " <= ") + order.larger()));
        texts.removeIf(String::isEmpty);
        return String.join(", ", texts);
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
            table.row(oneLine(schedule.text()), "drives " + String.join(", ", schedule.targets()));
            for (var segment : schedule.segments()) {
                table.row("  " + ModelText.call(segment.schedule(), segment.arguments()), length(segment.length()));
            }
        }
        return table;
    }

    private static String length(Duration duration) {
        return duration.equals(Duration.REST) ? "to the end" : "for " + duration;
    }
}
