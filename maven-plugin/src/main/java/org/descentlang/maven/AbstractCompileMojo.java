package org.descentlang.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.build.BuildContext;
import org.descentlang.maven.command.CommandResult;
import org.descentlang.maven.command.JdkSearch;
import org.descentlang.maven.command.NoJdkException;
import org.descentlang.maven.compile.Compilation;
import org.descentlang.maven.compile.CompileRequest;
import org.descentlang.maven.compile.CompileResult;
import org.jspecify.annotations.Nullable;

/** Makes Java sources of .opt files, and has them compiled with the project. */
abstract class AbstractCompileMojo extends SourceMojo {
    /** Numbers to use instead of those in the files, such as {@code <optimizer.lr>3e-4</optimizer.lr>}. */
    @Parameter
    private Map<String, String> overrides = Map.of();

    /**
     * The device to make Java for instead of the files' own: {@code cpu}, {@code gpu}, {@code fpga}, or a name such as
     * {@code 0:1}.
     */
    @Parameter(property = "descent.device")
    private @Nullable String device;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    private File buildDirectory;

    private final ToolchainSelection selection;

    AbstractCompileMojo(ToolchainManager toolchains, ToolchainSelection selection, BuildContext buildContext) {
        super(toolchains, buildContext);
        this.selection = selection;
    }

    abstract File sourceDirectory();

    abstract File outputDirectory();

    abstract void addSourceRoot(String directory);

    abstract void addResources(Resource resources);

    @Override
    final void run()
            throws IOException, InterruptedException, NoJdkException, MojoExecutionException, MojoFailureException {
        var request = request();
        if (!request.sources().isEmpty()) {
            new ProjectCompiler(project, session.getUserProperties()).requireRelease();
            if (Runtime.version().feature() < JdkSearch.NEEDED && !isToolchainSelected()) {
                selection.select(jdk(), session);
            }
        }
        var result = Compilation.run(request, output -> compile(request, output));
        report(result);
        if (!request.sources().isEmpty()) {
            addSourceRoot(outputDirectory().getPath());
            addResources(classes(outputDirectory()));
        }
    }

    /**
     * Kernels for the Vector API come as classes: with them in its sources, the project would need a flag for javac and
     * get a warning.
     */
    private static Resource classes(File directory) {
        var classes = new Resource();
        classes.setDirectory(directory.getPath());
        classes.addInclude("**/*.class");
        return classes;
    }

    private CompileRequest request() {
        return new CompileRequest(
                sourceDirectory().toPath(),
                sources(sourceDirectory()),
                new OptFiles(sourceDirectory().toPath()).importable(base()),
                options(),
                commandClassPath(),
                outputDirectory().toPath(),
                buildDirectory
                        .toPath()
                        .resolve("descent")
                        .resolve(execution.getGoal() + "-" + execution.getExecutionId()));
    }

    private List<String> options() {
        var options = new ArrayList<String>();
        new TreeMap<>(overrides).forEach((path, number) -> {
            options.add("--set");
            options.add(path + "=" + number);
        });
        if (device != null) {
            options.add("--device");
            options.add(device);
        }
        return options;
    }

    private CommandResult compile(CompileRequest request, Path output)
            throws IOException, InterruptedException, NoJdkException {
        var arguments = arguments("compile", sourceDirectory(), request.sources());
        arguments.add("-d");
        arguments.add(output.toString());
        arguments.addAll(request.options());
        reporter()
                .forget(request.sources().stream()
                        .map(request.sourceDirectory()::resolve)
                        .toList());
        return start(arguments);
    }

    private void report(CompileResult result) throws MojoExecutionException, MojoFailureException {
        if (result instanceof CompileResult.Rejected rejected) {
            reporter().requireSuccess(rejected.command());
        } else if (result instanceof CompileResult.UpToDate) {
            getLog().info("Nothing to compile: the Java of all .opt files is up to date");
        } else if (result instanceof CompileResult.NoSources none) {
            getLog().info("No .opt files in " + sourceDirectory());
            refresh(none.changes().isEmpty());
        } else if (result instanceof CompileResult.Compiled compiled) {
            getLog().info("Compiled " + files(compiled.sources(), ".opt file") + " to " + outputDirectory() + ": "
                    + files(compiled.changes().written().size(), "file") + " written, "
                    + compiled.changes().removed().size() + " removed");
            refresh(compiled.changes().isEmpty());
        }
    }

    private void refresh(boolean unchanged) {
        if (!unchanged) {
            reporter().refresh(outputDirectory().toPath());
        }
    }

    private static String files(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
