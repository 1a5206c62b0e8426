package org.descentlang.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.apache.maven.model.Build;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectCompilerTest {
    private final MavenProject project = new MavenProject();

    @Test
    void aProjectThatSaysNothingIsCompiledForJdk25() throws MojoFailureException {
        compiler().requireRelease();
        assertThat(project.getProperties())
                .containsEntry("maven.compiler.release", "25")
                .containsEntry("maven.compiler.source", "25")
                .containsEntry("maven.compiler.target", "25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "26", "${java.version}"})
    void whatIsNewEnoughStays(String release) throws MojoFailureException {
        project.getProperties().setProperty("maven.compiler.release", release);
        compiler().requireRelease();
        assertThat(project.getProperties()).containsOnlyKeys("maven.compiler.release");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maven.compiler.release", "maven.compiler.source", "maven.compiler.target"})
    void whatIsTooOldIsSaidInOneLine(String property) {
        project.getProperties().setProperty(property, "1.8");
        assertThatThrownBy(() -> compiler().requireRelease())
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("The Java generated from .opt files needs release 25, but " + property
                        + " is 1.8: remove it, or set it to 25");
    }

    @Test
    void aConfigurationCountsMoreThanProperties() {
        var release = new Xpp3Dom("release");
        release.setValue("17");
        var configuration = new Xpp3Dom("configuration");
        configuration.addChild(release);
        var plugin = new Plugin();
        plugin.setGroupId("org.apache.maven.plugins");
        plugin.setArtifactId("maven-compiler-plugin");
        plugin.setConfiguration(configuration);
        var build = new Build();
        build.addPlugin(plugin);
        project.setBuild(build);
        project.getProperties().setProperty("maven.compiler.release", "25");
        assertThatThrownBy(() -> compiler().requireRelease())
                .hasMessageContaining("<release> of maven-compiler-plugin is 17");
    }

    private ProjectCompiler compiler() {
        return new ProjectCompiler(project, new Properties());
    }
}
