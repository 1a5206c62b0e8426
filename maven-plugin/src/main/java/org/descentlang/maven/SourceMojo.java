package org.descentlang.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.build.BuildContext;

/** A goal that works on the .opt files of a folder. */
abstract class SourceMojo extends DescentMojo {
    /** Ant patterns of the files to take, relative to the source folder. All .opt files when there is none. */
    @Parameter(property = "descent.includes")
    private List<String> includes = List.of();

    /** Ant patterns of files to leave out, relative to the source folder. They can still be imported. */
    @Parameter(property = "descent.excludes")
    private List<String> excludes = List.of();

    SourceMojo(ToolchainManager toolchains, BuildContext buildContext) {
        super(toolchains, buildContext);
    }

    /** Relative to the folder. */
    final List<Path> sources(File directory) {
        return new OptFiles(directory.toPath()).matching(includes, excludes);
    }

    /** A command and its files, named as seen from the project's folder, so that nothing depends on where that lies. */
    final List<String> arguments(String command, File directory, List<Path> sources) {
        var arguments = new ArrayList<String>();
        arguments.add(command);
        for (var source : sources) {
            arguments.add(fromBase(directory.toPath().resolve(source)).toString());
        }
        arguments.add("--json");
        return arguments;
    }

    private Path fromBase(Path file) {
        return file.startsWith(base()) ? base().relativize(file) : file;
    }
}
