package org.descentlang.maven;

import java.io.File;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.build.BuildContext;
import org.descentlang.maven.command.NoJdkException;

/** Says what is wrong with .opt files, and makes nothing. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends SourceMojo {
    /** Where the .opt files are; it need not exist. */
    @Parameter(property = "descent.sourceDirectory", defaultValue = "${project.basedir}/src/main/opt", required = true)
    private File sourceDirectory;

    @Inject
    public CheckMojo(ToolchainManager toolchains, BuildContext buildContext) {
        super(toolchains, buildContext);
    }

    @Override
    void run() throws IOException, InterruptedException, NoJdkException, MojoExecutionException, MojoFailureException {
        var sources = sources(sourceDirectory);
        if (sources.isEmpty()) {
            getLog().info("No .opt files in " + sourceDirectory);
            return;
        }
        reporter().requireSuccess(start(arguments("check", sourceDirectory, sources)));
        getLog().info("No errors in " + sources.size() + (sources.size() == 1 ? " .opt file" : " .opt files"));
    }
}
