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

/** Makes Java sources of the .opt files among the tests, and has them compiled with the test classes. */
@Mojo(name = "test-compile", defaultPhase = LifecyclePhase.GENERATE_TEST_SOURCES, threadSafe = true)
public final class TestCompileMojo extends AbstractCompileMojo {
    /** Where the .opt files are; it need not exist. */
    @Parameter(
            property = "descent.testSourceDirectory",
            defaultValue = "${project.basedir}/src/test/opt",
            required = true)
    private File sourceDirectory;

    /** Where the Java sources go; it is added to the test source folders. */
    @Parameter(
            property = "descent.testOutputDirectory",
            defaultValue = "${project.build.directory}/generated-test-sources/opt",
            required = true)
    private File outputDirectory;

    @Inject
    public TestCompileMojo(
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
        project.addTestCompileSourceRoot(directory);
    }

    @Override
    void addResources(Resource resources) {
        project.addTestResource(resources);
    }
}
