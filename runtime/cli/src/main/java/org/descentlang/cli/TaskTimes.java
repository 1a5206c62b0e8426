package org.descentlang.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.diagnostic.JsonObject;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.plan.KernelSummary;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.device.TaskTime;

/** Where the time of a step goes on a device, with what each task computes. */
record TaskTimes(Map<String, KernelSummary> kernels) {
    static TaskTimes of(TrainingSpec training) {
        return new TaskTimes(PlanText.summaries(training));
    }

    /** A table for each program of the step. */
    String text(List<ProgramTime> programs) {
        var text = new StringBuilder();
        for (var program : programs) {
            var table = new Table(1, 2);
            program.tasks()
                    .forEach(task -> table.row(
                            task.task(),
                            milliseconds(task.milliseconds()),
                            share(task, program),
                            summary(task).map(KernelSummary::heading).orElse(""),
                            places(summary(task).map(KernelSummary::places).orElse(List.of()))));
            text.append(heading(program)).append(table.text("  "));
        }
        return text.toString();
    }

    private static String heading(ProgramTime program) {
        return String.format(
                Locale.ROOT,
                "%s, mean of %d %s: %d %s in %s, transfers %s, launching %s, together %s\n",
                program.name(),
                program.runs(),
                program.runs() == 1 ? "run" : "runs",
                program.tasks().size(),
                program.tasks().size() == 1 ? "task" : "tasks",
                milliseconds(program.computing()),
                milliseconds(program.transfers()),
                milliseconds(program.launching()),
                milliseconds(program.total()));
    }

    private static String milliseconds(double time) {
        return String.format(Locale.ROOT, "%.3f ms", time);
    }

    private static String share(TaskTime task, ProgramTime program) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * task.milliseconds() / Math.max(1e-9, program.computing()));
    }

    /**
     * A kernel of pieces is a task for each piece, with its number behind; what computes single numbers belongs to no
     * kernel.
     */
    private Optional<KernelSummary> summary(TaskTime task) {
        return Optional.ofNullable(kernels.get(task.task().replaceFirst("(Zero(Left|Right)?|Copy\\d+)$", "")));
    }

    private static String places(List<String> places) {
        return switch (places.size()) {
            case 0 -> "";
            case 1 -> places.getFirst();
            default -> places.getFirst() + " and " + (places.size() - 1) + " more";
        };
    }

    List<JsonObject> json(List<ProgramTime> programs) {
        return programs.stream().map(this::json).toList();
    }

    private JsonObject json(ProgramTime program) {
        return new JsonObject()
                .put("event", "tasks")
                .put("program", program.name())
                .put("runs", program.runs())
                .put("milliseconds", program.total())
                .put("computing", program.computing())
                .put("transfers", program.transfers())
                .put("launching", program.launching())
                .put("tasks", program.tasks().stream().map(this::json).toList());
    }

    private JsonObject json(TaskTime task) {
        var object = new JsonObject().put("task", task.task()).put("milliseconds", task.milliseconds());
        summary(task)
                .ifPresent(kernel ->
                        object.put("computes", kernel.heading()).put("places", String.join(" ", kernel.places())));
        return object;
    }
}
