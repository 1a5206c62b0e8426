package org.descentlang.maven.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An installed TornadoVM.
 *
 * @param home what {@code TORNADOVM_HOME} says
 */
public record TornadoVm(Path home) {
    public static Optional<TornadoVm> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("TORNADOVM_HOME")).map(home -> new TornadoVm(Path.of(home)));
    }

    /**
     * What a JVM needs to train with it.
     *
     * @param classes an empty folder on the class path: kernels are put there, and the command deletes it
     */
    public List<String> jvmArguments(Path classes) {
        return List.of("@" + home.resolve("tornado-argfile"), "-Ddescent.classes=" + classes);
    }
}
