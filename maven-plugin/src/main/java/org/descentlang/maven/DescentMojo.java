package org.descentlang.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.build.BuildContext;
import org.descentlang.maven.command.CommandRequest;
import org.descentlang.maven.command.CommandResult;
import org.descentlang.maven.command.DescentCommand;
import org.descentlang.maven.command.Jdk;
import org.descentlang.maven.command.JdkSearch;
import org.descentlang.maven.command.NoJdkException;
import org.descentlang.maven.command.TornadoVm;

/** What every goal shares: it can be skipped, and it starts the `descent` command in a JVM of its own. */
abstract class DescentMojo extends AbstractMojo {
    private static final String ECLIPSE = "m2e.version";
    private static final String TORNADO_RUNTIME = "descent-runtime-tornado";
    private static final String PLUGIN = "descent-maven-plugin";

    private final ToolchainManager toolchains;
    private final BuildContext buildContext;

    /** Does nothing when true. */
    @Parameter(property = "descent.skip", defaultValue = "false")
    private boolean skip;

    /** Arguments of the JVM that the `descent` command runs in, such as {@code -Xmx2g}. */
    @Parameter(property = "descent.jvmArguments")
    private List<String> jvmArguments = List.of();

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    private List<Artifact> pluginArtifacts;

    DescentMojo(ToolchainManager toolchains, BuildContext buildContext) {
        this.toolchains = toolchains;
        this.buildContext = buildContext;
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: descent.skip is true");
            return;
        }
        try {
            run();
        } catch (IOException e) {
            throw new MojoExecutionException("Descent cannot read or write a file: " + FileFailure.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted while the descent command ran", e);
        } catch (NoJdkException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }

    abstract void run()
            throws IOException, InterruptedException, NoJdkException, MojoExecutionException, MojoFailureException;

    /** Where relative paths start, in configuration, in arguments and in what the command says. */
    final Path base() {
        return project.getBasedir().toPath();
    }

    /** The `descent` command with all that it needs. None of it is loaded into Maven's JVM. */
    final List<Path> commandClassPath() {
        return pluginArtifacts.stream()
                .filter(artifact -> !artifact.getArtifactId().equals(PLUGIN))
                .map(artifact -> artifact.getFile().toPath())
                .toList();
    }

    final Reporter reporter() {
        return new Reporter(getLog(), isInEclipse() ? Optional.of(buildContext) : Optional.empty());
    }

    /** m2e sets this property in each build that it runs. */
    private boolean isInEclipse() {
        return session.getUserProperties().containsKey(ECLIPSE)
                || session.getSystemProperties().containsKey(ECLIPSE);
    }

    final CommandResult start(List<String> arguments) throws IOException, InterruptedException, NoJdkException {
        return start(new CommandRequest(jdk().java(), commandClassPath(), jvmArguments, arguments, base()));
    }

    /** With TornadoVM, if it is installed and its runtime is among the plugin's dependencies. */
    final CommandResult startWithDevices(List<String> arguments)
            throws IOException, InterruptedException, NoJdkException, MojoExecutionException {
        var tornado = TornadoVm.of(System.getenv());
        boolean runtime = pluginArtifacts.stream()
                .anyMatch(artifact -> artifact.getArtifactId().equals(TORNADO_RUNTIME));
        if (tornado.isEmpty() || !runtime) {
            return start(arguments);
        }
        var flaw = tornado.get().flaw();
        if (flaw.isPresent()) {
            throw new MojoExecutionException(flaw.get() + "; see docs/tornadovm.md");
        }
        var classes = Files.createTempDirectory("descent");
        var classPath = new ArrayList<>(commandClassPath());
        classPath.add(classes);
        var flags = new ArrayList<>(tornado.get().jvmArguments(classes));
        flags.addAll(jvmArguments);
        return start(new CommandRequest(jdk().java(), classPath, flags, arguments, base()));
    }

    private CommandResult start(CommandRequest request) throws IOException, InterruptedException {
        getLog().debug("Starts " + request);
        var result = DescentCommand.run(request, reporter()::report);
        if (result.succeeded()) {
            result.errorOutput().forEach(getLog()::warn);
        }
        return result;
    }

    final Jdk jdk() throws NoJdkException {
        var maven = new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
        var places = JdkSearch.usualPlaces(Path.of(System.getProperty("user.home")));
        return new JdkSearch(toolchainJdks(), maven, System.getenv(), places).find();
    }

    final boolean isToolchainSelected() {
        return toolchains.getToolchainFromBuildContext("jdk", session) != null;
    }

    /** The toolchain selected for this build, then those of toolchains.xml. */
    private List<Jdk> toolchainJdks() {
        var selected = toolchains.getToolchainFromBuildContext("jdk", session);
        var listed = toolchains.getToolchains(session, "jdk", Map.of("version", "[" + JdkSearch.NEEDED + ",)"));
        return Stream.concat(Stream.ofNullable(selected), listed.stream())
                .flatMap(toolchain -> Stream.ofNullable(toolchain.findTool("java")))
                .flatMap(java -> Jdk.of(Path.of(java)).stream())
                .toList();
    }
}
