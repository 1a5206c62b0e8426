package org.descentlang.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.descentlang.compiler.diagnostic.JsonObject;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.runtime.file.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compile",
        description = "Generate Java from .opt files.",
        footer = {"", "Example:", "  descent compile digits.opt -d src/main/java"},
        mixinStandardHelpOptions = true)
final class CompileCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE|FOLDER",
            arity = "1..*",
            description = "The .opt files. A folder stands for all files below it, - for standard input.")
    private List<Path> files = List.of();

    @Option(
            names = "-d",
            paramLabel = "DIR",
            required = true,
            description = "The source root for the Java; it is also needed on the class path.")
    private Path directory = Path.of("");

    @Option(
            names = "--no-vectors",
            description = "Leave out the kernels for the Vector API, which are class files next to the Java.")
    private boolean noVectors;

    @Option(names = "--explain", description = "Show the kernels of each program and its memory.")
    private boolean explain;

    @Mixin
    private Overrides overrides = new Overrides();

    @Mixin
    private DeviceOption device = new DeviceOption();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    private final Console console;

    CompileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var mistake = device.mistake();
        if (mistake.isPresent()) {
            return problems.mistake(console, mistake.get());
        }
        var compilation = problems.compile(
                console, SourceFiles.expand(files), overrides.values(), device::orElse, Optional.empty());
        if (!compilation.hasErrors()) {
            write(compilation.javaFiles());
            if (explain) {
                compilation.units().forEach(unit -> console.out().print(PlanText.of(unit)));
            }
        }
        return ProblemOptions.status(compilation);
    }

    private void write(List<JavaFile> files) {
        files.stream()
                .filter(file -> file.vectorBits() == 0)
                .forEach(file -> write(file.path(), file.text().getBytes(StandardCharsets.UTF_8)));
        if (!noVectors) {
            VectorClasses.of(files).forEach((name, bytes) -> write(name.replace('.', '/') + ".class", bytes));
        }
    }

    /** A file that says the same already is left alone, so that a build does not compile it again. */
    private void write(String relative, byte[] content) {
        Path path = directory.resolve(relative);
        if (!holds(path, content)) {
            OutputFile.of(path, "generated code").write(content);
        }
        if (problems.json()) {
            console.out().println(new JsonObject().put("event", "file").put("path", path.toString()));
        } else {
            console.out().println(path);
        }
    }

    private static boolean holds(Path path, byte[] content) {
        try {
            return Files.isRegularFile(path)
                    && Files.size(path) == content.length
                    && Arrays.equals(Files.readAllBytes(path), content);
        } catch (IOException e) {
            return false; // writing says why
        }
    }
}
