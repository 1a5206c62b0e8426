package org.descentlang.maven;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.descentlang.maven.command.JdkSearch;

/** What javac is to compile for: the generated Java needs JDK 25. */
final class ProjectCompiler {
    private static final String PLUGIN = "org.apache.maven.plugins:maven-compiler-plugin";
    private static final String RELEASE = "maven.compiler.release";
    private static final List<String> PROPERTIES = List.of(RELEASE, "maven.compiler.source", "maven.compiler.target");

    private final MavenProject project;
    private final Properties given;

    /** @param given on Maven's command line, which counts more than what the project says */
    ProjectCompiler(MavenProject project, Properties given) {
        this.project = project;
        this.given = given;
    }

    /** Makes javac compile for JDK 25 where the project says nothing, and fails where it says something older. */
    void requireRelease() throws MojoFailureException {
        var configured = configured();
        if (configured.isPresent()) {
            require("<release> of maven-compiler-plugin", configured.get());
            return;
        }
        for (String property : PROPERTIES) {
            var value = Optional.ofNullable(given.getProperty(property))
                    .or(() -> Optional.ofNullable(project.getProperties().getProperty(property)));
            if (value.isPresent()) {
                require(property, value.get());
                return;
            }
        }
        // The maven-compiler-plugin of Maven 3.8 itself does not know `release`.
        PROPERTIES.forEach(
                property -> project.getProperties().setProperty(property, Integer.toString(JdkSearch.NEEDED)));
    }

    private Optional<String> configured() {
        Plugin plugin = project.getPlugin(PLUGIN);
        return plugin != null && plugin.getConfiguration() instanceof Xpp3Dom configuration
                ? Stream.of("release", "source")
                        .flatMap(name -> Stream.ofNullable(configuration.getChild(name)))
                        .flatMap(child -> Stream.ofNullable(child.getValue()))
                        .filter(value -> !value.startsWith("$"))
                        .findFirst()
                : Optional.empty();
    }

    private static void require(String place, String value) throws MojoFailureException {
        if (value.matches("(1\\.)?\\d+") && Integer.parseInt(value.replaceFirst("^1\\.", "")) < JdkSearch.NEEDED) {
            throw new MojoFailureException("The Java generated from .opt files needs release " + JdkSearch.NEEDED
                    + ", but " + place + " is " + value + ": remove it, or set it to " + JdkSearch.NEEDED);
        }
    }
}
