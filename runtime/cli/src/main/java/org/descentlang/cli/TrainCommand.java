package org.descentlang.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.device.DeviceSearch;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = "Train what an .opt file describes, and save the model.",
        footer = {
            "Ctrl-C ends the run after the current step and saves what was trained so far; the exit status is then 130.",
            "",
            "Example:",
            "  descent train digits.opt --set optimizer.lr=3e-4 --out digits.model"
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private RunOptions run = new RunOptions();

    @Option(names = "--threads", paramLabel = "N", description = "How many threads (default: one per core).")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "Where the model goes (default: NAME.descent).")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    private final Console console;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var mistake = device.mistake();
        if (mistake.isPresent()) {
            return problems.mistake(console, mistake.get());
        }
        DeviceSearch devices = device.devices();
        var compilation = problems.compile(
                console,
                List.of(run.file()),
                run.overrides().values(),
                clause -> device.chosen(clause, devices),
                run.name());
        return compilation.hasErrors() ? ProblemOptions.status(compilation) : train(compilation, devices);
    }

    private int train(Compilation compilation, DeviceSearch devices) {
        TrainingSpec training = run.training(compilation.units().getFirst());
        var missing = device.missing(training.device(), devices);
        if (missing.isPresent()) {
            return problems.mistake(console, missing.get());
        }
        var classes = devices.devices().isEmpty()
                ? GeneratedClasses.inMemory(compilation.javaFiles())
                : GeneratedClasses.onClassPath(compilation.javaFiles());
        TrainingProgram generated = program(classes, training);
        var trainer = new Trainer(new LocatedProgram(generated, training));
        run.configure(trainer);
        threads.ifPresent(trainer::threads);
        Path file = modelFile(training);
        var saving = new ModelSaving(file);
        saving.requireWritable(generated.description());
        try (var _ = new Interruption(trainer)) {
            TrainingResult result = train(trainer, saving);
            report(result, file);
            return Outcome.status(result);
        }
    }

    private Path modelFile(TrainingSpec training) {
        Path file = out.orElse(Path.of(training.name() + ".descent"));
        return switch (file.toString()) {
            case "" -> throw new UserException("--out needs the name of a file");
            case "-" ->
                throw new UserException(
                        "--out - would mean standard output, where no model can be written; use --out ./- for a file of that name");
            default -> file;
        };
    }

    private TrainingProgram program(GeneratedClasses classes, TrainingSpec training) {
        TrainingProgram generated = classes.program(training.name());
        return problems.timings() ? new TimedProgram(generated, times -> report(training, times)) : generated;
    }

    private void report(TrainingSpec training, List<ProgramTime> programs) {
        var times = TaskTimes.of(training);
        if (problems.json()) {
            times.json(programs).forEach(console.out()::println);
        } else {
            console.err().print(times.text(programs));
        }
    }

    private TrainingResult train(Trainer trainer, TrainingListener saving) {
        if (problems.json()) {
            return Outcome.of(trainer, saving.then(new JsonProgress(console.out())));
        }
        if (!console.interactive()) {
            return Outcome.of(trainer, saving.then(new PlainProgress(console.out(), console.err())));
        }
        try (var progress = new TerminalProgress(console.out(), console.err())) {
            return Outcome.of(trainer, saving.then(progress));
        }
    }

    private void report(TrainingResult result, Path file) {
        if (problems.json()) {
            console.out().println(RunJson.result(result, file));
        } else {
            console.out().print(RunText.result(result));
            console.out()
                    .println(
                            result.isTrained()
                                    ? "saved       " + file
                                    : "saved       nothing, because nothing was learnt");
        }
    }
}
