package org.descentlang.maven;

import java.io.File;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.maven.model.Resource;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainFactory;
import org.apache.maven.toolchain.ToolchainManager;
import org.apache.maven.toolchain.ToolchainManagerPrivate;
import org.codehaus.plexus.build.BuildContext;

/** Makes Java sources of the .opt files of the project, and has them compiled with its main classes. */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class CompileMojo extends AbstractCompileMojo {
    /** Where the .opt files are; it need not exist. */
    @Parameter(property = "descent.sourceDirectory", defaultValue = "${project.basedir}/src/main/opt", required = true)
    private File sourceDirectory;

    /** Where the Java sources go; it is added to the project's source folders. */
    @Parameter(
            property = "descent.outputDirectory",
            defaultValue = "${project.build.directory}/generated-sources/opt",
            required = true)
    private File outputDirectory;

    @Inject
    public CompileMojo(
            ToolchainManager toolchains,
            ToolchainManagerPrivate selected,
            @Named("jdk") ToolchainFactory jdks,
            BuildContext buildContext) {
        super(toolchains, new ToolchainSelection(selected, jdks), buildContext);
    }

    @Override
    File sourceDirectory() {
        return sourceDirectory;
    }

    @Override
    File outputDirectory() {
        return outputDirectory;
    }

    @Override
    void addSourceRoot(String directory) {
        project.addCompileSourceRoot(directory);
    }

    @Override
    void addResources(Resource resources) {
        project.addResource(resources);
    }
}
