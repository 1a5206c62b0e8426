package org.descentlang.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.descentlang.compiler.model.CheckedUnit;
import org.descentlang.runtime.UserText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "describe",
        description = "Show what an .opt file means: shapes, sizes, defaults, the update rule.",
        footer = {
            "",
            "Examples: a file, the standard library, and one entry of it:",
            "  descent describe digits.opt --set epochs=10",
            "  descent describe std",
            "  descent describe std.adamw"
        },
        mixinStandardHelpOptions = true)
final class DescribeCommand implements Callable<Integer> {
    private static final String LIBRARY = "std";
    private static final String OF_LIBRARY = LIBRARY + ".";

    @Parameters(
            paramLabel = "FILE|std|std.NAME",
            description =
                    "An .opt file, - for standard input, std for the standard library, or std.NAME for the source of one entry.")
    private String subject = "";

    @Option(names = "--plan", description = "Show the kernels of each program and its memory.")
    private boolean plan;

    @Mixin
    private Overrides overrides = new Overrides();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    private final Console console;

    DescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (subject.equals(LIBRARY)) {
            console.out().print(LibraryText.all());
            return ExitStatus.SUCCESS;
        }
        if (subject.startsWith(OF_LIBRARY) && !subject.endsWith(".opt")) {
            console.out().print(LibraryText.of(subject.substring(OF_LIBRARY.length())));
            return ExitStatus.SUCCESS;
        }
        var compilation = problems.check(console, List.of(Path.of(subject)), overrides.values());
        for (CheckedUnit unit : compilation.units()) {
            console.out().print(visible(plan ? PlanText.of(unit) : text(unit)));
        }
        return ProblemOptions.status(compilation);
    }

    /** A file's documentation and texts are shown as they stand, but for what a terminal would obey. */
    private static String visible(String text) {
        return text.replace('\t', ' ')
                .lines()
                .map(line -> UserText.visible(line) + "\n")
                .collect(Collectors.joining());
    }

    /** The models that no training of the file uses come first: what a `train` uses has its arguments. */
    private static String text(CheckedUnit unit) {
        var texts = new ArrayList<String>();
        for (var model : unit.models()) {
            if (unit.trainings().stream()
                    .noneMatch(training -> training.model().name().equals(model.name()))) {
                texts.add(ModelText.of(model));
            }
        }
        for (var training : unit.trainings()) {
            texts.add(ModelText.of(training.model()));
            texts.add(TrainingText.of(training));
        }
        return String.join("\n", texts);
    }
}
