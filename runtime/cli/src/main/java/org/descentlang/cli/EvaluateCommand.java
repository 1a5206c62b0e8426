package org.descentlang.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.descentlang.compiler.diagnostic.JsonObject;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        description =
                "Run the first steps of a `train` in double precision, with one plain loop per operation: what every "
                        + "faster way must agree with. Data, first values and random numbers are those of `descent train`.",
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
                problems.check(console, List.of(run.file()), run.overrides().values());
        if (compilation.hasErrors()) {
            return ProblemOptions.status(compilation);
        }
        var program = new ReferenceProgram(run.training(compilation.units().getFirst()));
        var trainer = new Trainer(program).threads(1);
        run.configure(trainer);
        var steps = new Steps(program, trainer);
        trainer.train(steps);
        steps.parameters.forEach(this::show);
        return ExitStatus.SUCCESS;
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

    /** Shows each step's loss and stops after the last one wanted; the schedules stay those of the whole run. */
    private final class Steps implements TrainingListener {
        private final ReferenceProgram program;
        private final Trainer trainer;
        /** As of the last step: the end of a run may go back to the best epoch, rounded. */
        private Map<String, double[]> parameters = new LinkedHashMap<>();

        Steps(ReferenceProgram program, Trainer trainer) {
            this.program = program;
            this.trainer = trainer;
        }

        @Override
        public void onStep(Progress progress) {
            if (problems.json()) {
                console.out()
                        .println(new JsonObject()
                                .put("event", "step")
                                .put("step", progress.steps())
                                .put("loss", progress.loss()));
            } else {
                console.out().println("step " + progress.steps() + "  loss " + progress.loss());
            }
            parameters = program.parameters();
            if (progress.steps() >= steps) {
                trainer.requestStop();
            }
        }
    }
}
