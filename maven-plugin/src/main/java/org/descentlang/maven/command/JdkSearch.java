package org.descentlang.maven.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks for a Java that can run the `descent` command.
 *
 * @param toolchains of the build, the most wanted first
 * @param maven the Java that runs Maven
 * @param environment of Maven
 * @param installations folders that hold one Java in each subfolder
 */
public record JdkSearch(List<Jdk> toolchains, Jdk maven, Map<String, String> environment, List<Path> installations) {
    /** The oldest Java that runs Descent. */
    public static final int NEEDED = 25;

    /** Where installers put Java under Linux and macOS. */
    public static List<Path> usualPlaces(Path userHome) {
        return List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/usr/java"),
                Path.of("/opt"),
                Path.of("/opt/java"),
                userHome.resolve(".sdkman/candidates/java"),
                userHome.resolve(".jdks"),
                Path.of("/Library/Java/JavaVirtualMachines"),
                userHome.resolve("Library/Java/JavaVirtualMachines"));
    }

    /** The first Java that is new enough, looking no further than needed. */
    public Jdk find() throws NoJdkException {
        return Stream.<Supplier<Stream<Jdk>>>of(
                        toolchains::stream, () -> Stream.of(maven), this::fromEnvironment, this::installed)
                .flatMap(Supplier::get)
                .filter(jdk -> jdk.feature() >= NEEDED)
                .findFirst()
                .orElseThrow(() -> new NoJdkException(explanation()));
    }

    private String explanation() {
        var found = Stream.of(toolchains.stream(), Stream.of(maven), fromEnvironment(), installed())
                .flatMap(jdks -> jdks)
                .distinct()
                .map(jdk -> System.lineSeparator() + "    JDK " + jdk.feature() + " in " + jdk.home())
                .toList();
        return """
                Descent runs on JDK %d or newer, and this build has none. Found were:%s
                Install one, or set JAVA_HOME to where it is. To choose among several, select it as the build's toolchain:
                    <plugin>
                        <groupId>org.apache.maven.plugins</groupId>
                        <artifactId>maven-toolchains-plugin</artifactId>
                        <version>3.3.0</version>
                        <executions>
                            <execution>
                                <goals>
                                    <goal>select-jdk-toolchain</goal>
                                </goals>
                                <configuration>
                                    <version>[%d,)</version>
                                </configuration>
                            </execution>
                        </executions>
                    </plugin>""".formatted(NEEDED, String.join("", found), NEEDED);
    }

    private Stream<Jdk> fromEnvironment() {
        var home = Stream.ofNullable(environment.get("JAVA_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .flatMap(path -> Jdk.at(path).stream());
        var path = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(text -> !text.isBlank())
                .flatMap(folder -> Stream.of(Path.of(folder, "java"), Path.of(folder, "java.exe")))
                .flatMap(java -> Jdk.of(java).stream());
        return Stream.concat(home, path);
    }

    private Stream<Jdk> installed() {
        return installations.stream()
                .filter(Files::isDirectory)
                .flatMap(JdkSearch::subfolders)
                .flatMap(folder -> Stream.of(folder, folder.resolve("Contents/Home"))) // the latter on macOS
                .flatMap(folder -> Jdk.at(folder).stream());
    }

    /** In the order of their names, so that every build on a machine takes the same one. */
    private static Stream<Path> subfolders(Path folder) {
        try (var children = Files.list(folder)) {
            return children.sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
