package org.descentlang.maven.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installed TornadoVM.
 *
 * @param home what {@code TORNADOVM_HOME} says
 */
public record TornadoVm(Path home) {
    private static final String ARGUMENTS = "tornado-argfile";
    private static final Pattern MODULES = Pattern.compile("--(?:upgrade-)?module-path (.*)");

    public static Optional<TornadoVm> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("TORNADOVM_HOME")).map(home -> new TornadoVm(Path.of(home)));
    }

    /**
     * What keeps a JVM from starting with it: no file of arguments, or a folder that it names without jars, for which
     * Java would say that there is no module.
     */
    public Optional<String> flaw() throws IOException {
        Path arguments = home.resolve(ARGUMENTS);
        if (!Files.isReadable(arguments)) {
            return Optional.of("TORNADOVM_HOME is " + home + ", where there is no " + ARGUMENTS);
        }
        for (String line : Files.readAllLines(arguments)) {
            Matcher modules = MODULES.matcher(line);
            var folders =
                    modules.matches() ? List.of(modules.group(1).split(File.pathSeparator, -1)) : List.<String>of();
            for (String folder : folders) {
                if (!folder.equals(".") && !hasJars(Path.of(folder))) {
                    return Optional.of("TornadoVM in " + home + " is incomplete: there is no jar in " + folder);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasJars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
            return jars.iterator().hasNext();
        }
    }

    /**
     * What a JVM needs to train with it.
     *
     * @param classes an empty folder on the class path: kernels are put there, and the command deletes it
     */
    public List<String> jvmArguments(Path classes) {
        return List.of("@" + home.resolve(ARGUMENTS), "-Ddescent.classes=" + classes);
    }
}
