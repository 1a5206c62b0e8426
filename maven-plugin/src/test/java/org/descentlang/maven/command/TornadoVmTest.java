package org.descentlang.maven.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TornadoVmTest {
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
