package org.descentlang.runtime.tornado;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A class of ours in a JVM of its own: TornadoVM looks for devices once, by what is there when it starts. */
final class OtherJvm {
    static final Path HOME = Path.of(System.getenv("TORNADOVM_HOME"));

    private static final long MINUTES = 10;

    /** @param text of both outputs */
    record Run(int status, String text) {}

    private OtherJvm() {}

    static Run run(Map<String, String> environment, List<String> flags, String type, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + HOME.resolve("tornado-argfile"),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), type));
        command.addAll(List.of(arguments));
        Path printed = Files.createTempFile("descent", ".txt");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(printed);
        Files.delete(printed);
        if (!ended) {
            throw new AssertionError("after " + MINUTES + " minutes: " + text);
        }
        return new Run(process.exitValue(), text);
    }
}
