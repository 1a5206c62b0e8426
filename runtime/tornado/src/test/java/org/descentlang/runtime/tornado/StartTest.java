package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.descentlang.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `descent devices` where something of TornadoVM is missing. */
final class StartTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutALibraryItSaysSo() throws IOException, InterruptedException {
        var run = devices(Map.of());
        assertThat(run.text())
                .contains("descent: TornadoVM does not start: ")
                .contains(" JNI Library not found (there is none of TornadoVM's in " + folder
                        + "); see docs/tornadovm.md");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aLibraryThatDoesNotLoadIsNamed() throws IOException, InterruptedException {
        for (Path library : libraries()) {
            Files.writeString(folder.resolve(library.getFileName()), "no library");
        }
        var run = devices(Map.of());
        assertThat(run.text()).containsPattern("JNI Library not found \\(" + folder + "/libtornado-\\w+\\.so: ");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void noDeviceIsNoMistake() throws IOException, InterruptedException {
        for (Path library : libraries()) {
            Files.copy(library, folder.resolve(library.getFileName()));
        }
        // The loader of OpenCL finds no driver there.
        var run = devices(Map.of("OCL_ICD_VENDORS", folder.resolve("none").toString()));
        assertThat(run.text()).contains("TornadoVM sees no device: docs/tornadovm.md\nauto chooses cpu\n");
        assertThat(run.status()).isZero();
    }

    private static List<Path> libraries() throws IOException {
        try (var files = Files.list(OtherJvm.HOME.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".so")).toList();
        }
    }

    private OtherJvm.Run devices(Map<String, String> environment) throws IOException, InterruptedException {
        return OtherJvm.run(environment, List.of("-Djava.library.path=" + folder), Main.class.getName(), "devices");
    }
}
