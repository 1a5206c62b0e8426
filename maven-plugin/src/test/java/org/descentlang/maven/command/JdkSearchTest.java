package org.descentlang.maven.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSearchTest {
    @TempDir
    Path folder;

    private Path installations = Path.of("");
    private Jdk old = new Jdk(Path.of(""), 0);

    @BeforeEach
    void installAnOldOne() throws IOException {
        folder = folder.toRealPath();
        installations = Files.createDirectories(folder.resolve("jvm"));
        old = install(folder.resolve("old"), "17.0.15");
    }

    @Test
    void theToolchainComesFirst() throws Exception {
        var selected = install(folder.resolve("selected"), "26");
        var maven = install(folder.resolve("maven"), "25");

        assertThat(search(List.of(selected), maven, Map.of()).find()).isEqualTo(selected);
    }

    @Test
    void aToolchainThatIsTooOldIsPassedOver() throws Exception {
        var maven = install(folder.resolve("maven"), "25.0.1");

        assertThat(search(List.of(old), maven, Map.of()).find()).isEqualTo(maven);
    }

    @Test
    void thenJavaHome() throws Exception {
        var home = install(folder.resolve("home"), "25.0.1");
        install(installations.resolve("a"), "25.0.2");

        assertThat(search(List.of(), old, Map.of("JAVA_HOME", home.home().toString()))
                        .find())
                .isEqualTo(home);
    }

    @Test
    void thenThePathBehindItsLinks() throws Exception {
        var home = install(folder.resolve("home"), "25.0.1");
        var bin = Files.createDirectories(folder.resolve("usr/bin"));
        Files.createSymbolicLink(bin.resolve("java"), home.java());

        assertThat(search(List.of(), old, Map.of("PATH", bin.toString())).find())
                .isEqualTo(home);
    }

    @Test
    void thenTheUsualPlacesInTheOrderOfTheirNames() throws Exception {
        install(installations.resolve("a-17"), "17");
        install(installations.resolve("c-25"), "25");
        var first = install(installations.resolve("b-25"), "25");

        assertThat(search(List.of(), old, Map.of()).find()).isEqualTo(first);
    }

    @Test
    void onMacOsAnInstallationIsDeeper() throws Exception {
        var home = install(installations.resolve("temurin-25.jdk/Contents/Home"), "25.0.1");

        assertThat(search(List.of(), old, Map.of()).find()).isEqualTo(home);
    }

    @Test
    void noneIsExplained() throws Exception {
        var other = install(installations.resolve("a-21"), "21.0.2");

        assertThatThrownBy(() -> search(List.of(), old, Map.of("JAVA_HOME", "/does/not/exist"))
                        .find())
                .isInstanceOf(NoJdkException.class)
                .hasMessageContaining("Descent runs on JDK 25 or newer")
                .hasMessageContaining("JDK 17 in " + old.home())
                .hasMessageContaining("JDK 21 in " + other.home())
                .hasMessageContaining("<goal>select-jdk-toolchain</goal>")
                .hasMessageContaining("<version>[25,)</version>");
    }

    @Test
    void aFolderWithoutJavaIsNoJdk() throws Exception {
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"25\"\n");

        assertThat(Jdk.at(folder)).isEmpty();
        assertThat(Jdk.at(folder.resolve("nowhere"))).isEmpty();
    }

    private JdkSearch search(List<Jdk> toolchains, Jdk maven, Map<String, String> environment) {
        return new JdkSearch(toolchains, maven, environment, List.of(installations, folder.resolve("nowhere")));
    }

    private static Jdk install(Path home, String version) throws IOException {
        var bin = Files.createDirectories(home.resolve("bin"));
        assertThat(Files.createFile(bin.resolve("java")).toFile().setExecutable(true))
                .isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return Jdk.at(home).orElseThrow();
    }
}
