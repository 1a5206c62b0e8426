package org.descentlang.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Numbers given on the command line in place of the file's. */
final class Overrides {
    @Option(
            names = "--set",
            paramLabel = "PATH=NUMBER",
            description = "Use this number instead of the file's: optimizer.lr=3e-4, epochs=3; may be repeated.")
    private Map<String, Double> values = new LinkedHashMap<>();

    Map<String, Double> values() {
        return values;
    }
}
