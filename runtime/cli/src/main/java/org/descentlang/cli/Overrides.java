package org.descentlang.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.training.DecimalNumber;
import picocli.CommandLine.Option;

/** Numbers given on the command line in place of the file's. */
final class Overrides {
    @Option(
            names = "--set",
            paramLabel = "PATH=NUMBER",
            mapFallbackValue = "",
            description = "Replace a number of the file: optimizer.lr=3e-4, epochs=3; may be repeated.")
    private Map<String, String> texts = new LinkedHashMap<>();

    Map<String, Double> values() {
        var values = new LinkedHashMap<String, Double>();
        if (texts.containsKey("")) {
            throw new UserException("--set needs a name before its `=`, as in --set optimizer.lr=3e-4");
        }
        texts.forEach((path, text) -> values.put(path, number(path, text)));
        return values;
    }

    private static double number(String path, String text) {
        if (text.isEmpty()) {
            throw new UserException("--set " + path + " needs a number, as in --set " + path + "=3e-4");
        }
        return DecimalNumber.of(text)
                .orElseThrow(() -> new UserException(
                        "--set " + path + " needs a number such as 64 or 3e-4, not \"" + text + "\""));
    }
}
