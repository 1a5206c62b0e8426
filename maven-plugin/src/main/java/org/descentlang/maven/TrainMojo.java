package org.descentlang.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.build.BuildContext;
import org.descentlang.maven.command.NoJdkException;
import org.jspecify.annotations.Nullable;

/** Trains what a {@code train} declaration of an .opt file says. */
@Mojo(name = "train", threadSafe = true)
public final class TrainMojo extends DescentMojo {
    /** The .opt file. */
    @Parameter(property = "descent.file", required = true)
    private File file;

    /** The name of the {@code train} declaration; may be left out where the file has only one. */
    @Parameter(property = "descent.name")
    private @Nullable String name;

    /** Where relative paths of data files start. */
    @Parameter(property = "descent.dataDirectory", defaultValue = "${project.basedir}", required = true)
    private File dataDirectory;

    /** Where the trained model goes. */
    @Parameter(
            property = "descent.modelFile",
            defaultValue = "${project.build.directory}/model.descent",
            required = true)
    private File modelFile;

    /** The seed to use instead of the file's. */
    @Parameter(property = "descent.seed")
    private @Nullable Long seed;

    /** How many threads to use; all cores when not given. */
    @Parameter(property = "descent.threads")
    private @Nullable Integer threads;

    /**
     * Where to train instead of on the file's device: {@code cpu}, {@code gpu}, {@code fpga}, or a name such as
     * {@code 0:1}.
     */
    @Parameter(property = "descent.device")
    private @Nullable String device;

    /** Numbers to use instead of those in the file, such as {@code <optimizer.lr>3e-4</optimizer.lr>}. */
    @Parameter
    private Map<String, String> overrides = Map.of();

    @Inject
    public TrainMojo(ToolchainManager toolchains, BuildContext buildContext) {
        super(toolchains, buildContext);
    }

    @Override
    void run() throws IOException, InterruptedException, NoJdkException, MojoExecutionException, MojoFailureException {
        Files.createDirectories(modelFile.toPath().toAbsolutePath().getParent());
        reporter().requireSuccess(startWithDevices(arguments()));
    }

    private List<String> arguments() {
        var arguments = new ArrayList<String>();
        arguments.add("train");
        arguments.add(file.toString());
        if (name != null) {
            arguments.add(name);
        }
        arguments.add("--json");
        arguments.addAll(List.of("--data", dataDirectory.toString()));
        arguments.addAll(List.of("--out", modelFile.toString()));
        if (seed != null) {
            arguments.addAll(List.of("--seed", seed.toString()));
        }
        if (device != null) {
            arguments.addAll(List.of("--device", device));
        }
        if (threads != null) {
            arguments.addAll(List.of("--threads", threads.toString()));
        }
        new TreeMap<>(overrides).forEach((path, number) -> arguments.addAll(List.of("--set", path + "=" + number)));
        return arguments;
    }
}
