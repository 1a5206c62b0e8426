package org.descentlang.maven.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornadoVmTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void saysWhatIsMissing() throws IOException {
        var tornado = new TornadoVm(folder);
        assertThat(tornado.flaw()).contains("TORNADOVM_HOME is " + folder + ", where there is no tornado-argfile");
        Path jars = Files.createDirectories(folder.resolve("share/java/tornado"));
        Path graal = folder.resolve("share/java/graalJars");
        Files.writeString(
                folder.resolve("tornado-argfile"),
                "-server\n--module-path ." + File.pathSeparator + jars + "\n--upgrade-module-path " + graal + "\n");
        assertThat(tornado.flaw()).contains("TornadoVM in " + folder + " is incomplete: there is no jar in " + jars);
        Files.createFile(jars.resolve("tornado-api.jar"));
        assertThat(tornado.flaw()).contains("TornadoVM in " + folder + " is incomplete: there is no jar in " + graal);
        Files.createFile(Files.createDirectories(graal).resolve("compiler.jar"));
        assertThat(tornado.flaw()).isEmpty();
    }

    @Test
    void isWhereTheEnvironmentSays() {
        assertThat(TornadoVm.of(Map.of())).isEmpty();
        assertThat(TornadoVm.of(Map.of("TORNADOVM_HOME", "/opt/tornadovm")))
                .contains(new TornadoVm(Path.of("/opt/tornadovm")));
    }

    @Test
    void startsAJvmByItsArgumentFile() {
        assertThat(new TornadoVm(Path.of("/opt/tornadovm")).jvmArguments(Path.of("/tmp/classes")))
                .containsExactly("@/opt/tornadovm/tornado-argfile", "-Ddescent.classes=/tmp/classes");
    }
}
