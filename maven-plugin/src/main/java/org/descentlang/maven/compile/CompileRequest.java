package org.descentlang.maven.compile;

import java.nio.file.Path;
import java.util.List;

/**
 * One compilation of a folder of .opt files, fixed before it starts.
 *
 * @param sourceDirectory where the names of sources start; need not exist
 * @param sources the files to compile, relative to {@code sourceDirectory}, sorted
 * @param inputs the sources and all that they may import, relative to {@code sourceDirectory}, sorted
 * @param options what else changes the Java that is made, in a fixed order
 * @param compiler the class path of the `descent` command: another compiler makes other Java
 * @param outputDirectory the root of the Java sources made; may hold files of others
 * @param workDirectory for the state between builds and files in the making; of this compilation alone
 */
public record CompileRequest(
        Path sourceDirectory,
        List<Path> sources,
        List<Path> inputs,
        List<String> options,
        List<Path> compiler,
        Path outputDirectory,
        Path workDirectory) {
    public CompileRequest {
        sources = List.copyOf(sources);
        inputs = List.copyOf(inputs);
        options = List.copyOf(options);
        compiler = List.copyOf(compiler);
    }

    Path stateFile() {
        return workDirectory.resolve("state.json");
    }

    /** Where the command writes, so that a failed run leaves the output as it was. */
    Path stagingDirectory() {
        return workDirectory.resolve("staging");
    }
}
