package org.descentlang.maven.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.descentlang.maven.command.CommandResult;
import org.descentlang.maven.command.NoJdkException;

/** Compiles what has changed since the last successful build, and nothing otherwise. */
public final class Compilation {
    private Compilation() {}

    /** The compiler itself, started only when there is something to do. */
    @FunctionalInterface
    public interface Compiler {
        /** @param output an empty folder for the Java sources */
        CommandResult compile(Path output) throws IOException, InterruptedException, NoJdkException;
    }

    public static CompileResult run(CompileRequest request, Compiler compiler)
            throws IOException, InterruptedException, NoJdkException {
        var before = State.read(request.stateFile());
        var output = new OutputDirectory(request.outputDirectory());
        if (request.sources().isEmpty()) {
            var removed = output.remove(before.outputs().keySet());
            Files.deleteIfExists(request.stateFile());
            return new CompileResult.NoSources(new Changes(List.of(), removed));
        }
        var fingerprint = Fingerprint.of(request);
        if (before.isCurrent(fingerprint, request.outputDirectory())) {
            return new CompileResult.UpToDate();
        }
        var staging = request.stagingDirectory();
        try {
            delete(staging);
            Files.createDirectories(staging);
            var command = compiler.compile(staging);
            if (!command.succeeded()) {
                return new CompileResult.Rejected(command);
            }
            var after = new State(fingerprint, fingerprints(staging));
            var changes = output.replace(before, staging, after.outputs());
            after.write(request.stateFile());
            return new CompileResult.Compiled(request.sources().size(), changes);
        } finally {
            delete(staging);
        }
    }

    private static SortedMap<String, String> fingerprints(Path folder) throws IOException {
        var fingerprints = new TreeMap<String, String>();
        for (var file : tree(folder)) {
            if (Files.isRegularFile(file)) {
                fingerprints.put(
                        Fingerprint.portable(folder.relativize(file)), Fingerprint.of(Files.readAllBytes(file)));
            }
        }
        return fingerprints;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (var file : tree(folder)) {
                Files.delete(file);
            }
        }
    }

    /** Children before their parents. */
    private static List<Path> tree(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
