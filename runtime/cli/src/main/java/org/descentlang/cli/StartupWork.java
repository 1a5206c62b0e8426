package org.descentlang.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a JVM does whose classes are kept for later ones: a bit of everything that commands do. */
final class StartupWork {
    private static final String RIGHT = "startup.opt";

    private StartupWork() {}

    /** {@code folder}, in which it writes. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path right = folder.resolve(RIGHT);
        try (InputStream text = StartupWork.class.getResourceAsStream(RIGHT)) {
            Files.copy(java.util.Objects.requireNonNull(text), right);
        }
        Path wrong = Files.writeString(folder.resolve("wrong.opt"), "model M { output y = exxp(1.0) }\n");
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var console = new Console(nowhere, nowhere, false, true);
        Main.run(console, "--help");
        Main.run(console, "check", wrong.toString());
        Main.run(console, "check", "--json", wrong.toString());
        Main.run(console, "describe", right.toString());
        Main.run(console, "compile", "--json", right.toString(), "-d", folder.toString());
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            Main.run(
                    console,
                    "train",
                    right.toString(),
                    "--out",
                    folder.resolve("model").toString());
        }
    }
}
