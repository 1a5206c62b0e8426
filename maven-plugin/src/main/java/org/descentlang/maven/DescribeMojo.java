package org.descentlang.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.build.BuildContext;
import org.descentlang.maven.command.NoJdkException;

/**
 * Says what .opt files mean once every default is in force: layers with shapes, parameters, update rules as equations,
 * memory.
 */
@Mojo(name = "describe", threadSafe = true)
public final class DescribeMojo extends SourceMojo {
    /** Where the .opt files are. */
    @Parameter(property = "descent.sourceDirectory", defaultValue = "${project.basedir}/src/main/opt", required = true)
    private File sourceDirectory;

    @Inject
    public DescribeMojo(ToolchainManager toolchains, BuildContext buildContext) {
        super(toolchains, buildContext);
    }

    @Override
    void run() throws IOException, InterruptedException, NoJdkException, MojoExecutionException, MojoFailureException {
        var sources = sources(sourceDirectory);
        if (sources.isEmpty()) {
            getLog().info("No .opt files in " + sourceDirectory);
        }
        for (var source : sources) {
            describe(source);
        }
    }

    private void describe(Path source)
            throws IOException, InterruptedException, NoJdkException, MojoExecutionException, MojoFailureException {
        var arguments = arguments("describe", sourceDirectory, List.of(source));
        reporter().requireSuccess(start(arguments));
    }
}
