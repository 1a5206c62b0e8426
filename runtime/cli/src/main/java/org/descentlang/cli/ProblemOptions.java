package org.descentlang.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.PhaseTiming;
import org.descentlang.compiler.diagnostic.JsonObject;
import org.descentlang.compiler.diagnostic.JsonRenderer;
import org.descentlang.compiler.diagnostic.LineRenderer;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.diagnostic.TerminalRenderer;
import org.descentlang.compiler.source.SourceFile;
import picocli.CommandLine.Option;

/** Compiling, and how problems are shown; shared by the commands. */
final class ProblemOptions {
    private static final int SHOWN = 100;

    @Option(names = "--json", description = "Write JSON to standard output, one object a line.")
    private boolean json;

    @Option(names = "--lines", description = "Show each problem on one line: file:[line,column] code: text.")
    private boolean lines;

    @Option(names = "--timings", description = "Show how long each phase of compiling took, and each task on a device.")
    private boolean timings;

    boolean json() {
        return json;
    }

    boolean timings() {
        return timings;
    }

    /** Checks and shows all problems. */
    Compilation check(Console console, List<Path> files, Map<String, Double> overrides) {
        return check(console, files, overrides, Optional.empty());
    }

    /**
     * The same of one `train` and what it needs.
     *
     * @param training its name; without it everything is checked
     */
    Compilation check(Console console, List<Path> files, Map<String, Double> overrides, Optional<String> training) {
        var options = new CompilerOptions(overrides, new SourceFiles(), UnaryOperator.identity(), training);
        return show(console, Compiler.check(read(files), options));
    }

    /**
     * Checks, shows all problems and makes Java.
     *
     * @param device what to make of the devices of the files
     * @param training the only `train` that is wanted
     */
    Compilation compile(
            Console console,
            List<Path> files,
            Map<String, Double> overrides,
            UnaryOperator<String> device,
            Optional<String> training) {
        var options = new CompilerOptions(overrides, new SourceFiles(), device, training);
        return show(console, Compiler.compile(read(files), options));
    }

    private static List<SourceFile> read(List<Path> files) {
        return files.stream().map(SourceFiles::read).toList();
    }

    private Compilation show(Console console, Compilation compilation) {
        show(console, compilation.problems());
        if (timings) {
            compilation.timings().forEach(timing -> show(console, timing));
        }
        return compilation;
    }

    /** The exit status that a compilation's problems call for. */
    static int status(Compilation compilation) {
        if (compilation.failure().isPresent()) {
            return ExitStatus.FAILURE;
        }
        return compilation.hasErrors() ? ExitStatus.MISTAKE : ExitStatus.SUCCESS;
    }

    /** Shows the one problem that ends a command, and returns its exit status. */
    int mistake(Console console, Problem problem) {
        show(console, List.of(problem));
        return ExitStatus.MISTAKE;
    }

    private void show(Console console, List<Problem> problems) {
        if (json) {
            console.out().print(new JsonRenderer().render(problems));
            return;
        }
        var shown = problems.subList(0, Math.min(SHOWN, problems.size()));
        var renderer = lines ? new LineRenderer() : new TerminalRenderer(console.colours());
        console.err().print(renderer.render(shown));
        if (problems.size() > SHOWN) {
            String most = problems.size() < Problems.MOST ? "" : ", at least";
            console.err().println("… and " + (problems.size() - SHOWN) + " more" + most);
        }
    }

    private void show(Console console, PhaseTiming timing) {
        double milliseconds = timing.nanoseconds() / 1e6;
        if (json) {
            console.out()
                    .println(new JsonObject()
                            .put("event", "timing")
                            .put("phase", timing.phase())
                            .put("milliseconds", milliseconds));
        } else {
            console.err().printf("%-10s %8.1f ms%n", timing.phase(), milliseconds);
        }
    }
}
