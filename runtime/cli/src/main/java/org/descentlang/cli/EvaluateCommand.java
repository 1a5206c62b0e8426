package org.descentlang.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.descentlang.compiler.diagnostic.JsonObject;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.UserText;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.StopReason;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;
import org.descentlang.runtime.training.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        description =
                "Run the first steps of a `train` in double precision, with one plain loop per operation: the reference "
                        + "for all faster code. Data, initial values and random numbers are those of `descent train`.",
        footer = {"", "Example:", "  descent evaluate digits.opt --steps 10"},
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private RunOptions run = new RunOptions();

    @Option(names = "--steps", paramLabel = "N", defaultValue = "25", description = "How many steps (default: 25).")
    private long steps;

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    private final Console console;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (steps < 1) {
            throw new UserException("--steps must be at least 1, not " + steps);
        }
        var compilation =
                problems.check(console, List.of(run.file()), run.overrides().values(), run.name());
        if (compilation.hasErrors()) {
            return ProblemOptions.status(compilation);
        }
        var program = new ReferenceProgram(run.training(compilation.units().getFirst()));
        var trainer = new Trainer(program).threads(1);
        run.configure(trainer);
        var steps = new Steps(program, trainer);
        TrainingResult result = Outcome.of(trainer, steps);
        // A failed run went back from what its last step made.
        (result.reason().isFailure() ? program.parameters() : steps.parameters).forEach(this::show);
        showEnd(result, steps.planned);
        return Outcome.status(result);
    }

    private void showEnd(TrainingResult result, long planned) {
        String done = ", after " + result.steps() + " of " + UserText.counted(planned, "step");
        String reason = result.reason() instanceof StopReason.Interrupted
                ? "stopped at --steps" + done
                : result.reason().text() + done;
        if (problems.json()) {
            console.out()
                    .println(new JsonObject()
                            .put("event", "end")
                            .put("end", RunJson.end(result.reason()))
                            .put("reason", reason)
                            .put("steps", result.steps())
                            .put("skipped", result.skipped()));
        } else {
            console.out().println(result.description().name() + ": " + reason);
        }
    }

    private void show(String path, double[] values) {
        if (problems.json()) {
            console.out()
                    .println(new JsonObject()
                            .put("event", "parameter")
                            .put("path", path)
                            .put("values", values));
        } else {
            console.out().println(path + " = " + Arrays.toString(values));
        }
    }

    private void show(Progress progress, boolean skipped) {
        if (problems.json()) {
            var step = new JsonObject()
                    .put("event", "step")
                    .put("step", progress.steps())
                    .put("loss", progress.loss());
            console.out().println(skipped ? step.put("skipped", true) : step);
        } else {
            String text = "step " + progress.steps() + "  loss " + progress.loss();
            console.out().println(skipped ? text + "  skipped" : text);
        }
    }

    /** Shows each step's loss and stops after the last one wanted; the schedules stay those of the whole run. */
    private final class Steps implements TrainingListener {
        private final ReferenceProgram program;
        private final Trainer trainer;
        /** As of the last step: the end of a run may go back to the best epoch, rounded. */
        private Map<String, double[]> parameters = new LinkedHashMap<>();

        private long planned;
        private long skipped;

        Steps(ReferenceProgram program, Trainer trainer) {
            this.program = program;
            this.trainer = trainer;
        }

        @Override
        public void onStart(Progress progress) {
            planned = progress.plan().steps();
        }

        @Override
        public void onStep(Progress progress) {
            boolean isSkipped = progress.skipped() > skipped;
            skipped = progress.skipped();
            show(progress, isSkipped);
            parameters = program.parameters();
            if (progress.steps() >= steps) {
                trainer.requestStop();
            }
        }
    }
}
