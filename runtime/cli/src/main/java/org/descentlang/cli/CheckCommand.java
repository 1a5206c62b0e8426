package org.descentlang.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = "Report what is wrong with .opt files.",
        footer = {
            "",
            "Examples: a file, all files below a folder, and standard input:",
            "  descent check digits.opt",
            "  descent check src/main/opt",
            "  descent check --lines - <digits.opt"
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE|FOLDER",
            arity = "1..*",
            description = "The .opt files. A folder stands for all files below it, - for standard input.")
    private List<Path> files = List.of();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    private final Console console;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var files = SourceFiles.expand(this.files);
        var compilation = problems.check(console, files, Map.of());
        if (compilation.problems().isEmpty() && !problems.json()) {
            console.out().println(files.size() == 1 ? "no problems" : files.size() + " files, no problems");
        }
        return ProblemOptions.status(compilation);
    }
}
