package org.descentlang.maven.compile;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the last successful compilation was made from, and what it made.
 *
 * @param fingerprint of its request
 * @param outputs the fingerprint of each file made, by its path relative to the output directory, with `/`
 */
record State(String fingerprint, SortedMap<String, String> outputs) {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /** Before the first compilation. */
    static final State NONE = new State("", new TreeMap<>());

    /** The state left by the last build; {@link #NONE} where there is none that can be read. */
    static State read(Path file) throws IOException {
        try {
            var json = GSON.fromJson(Files.readString(file), Json.class);
            return json == null || json.fingerprint == null || json.outputs == null
                    ? NONE
                    : new State(json.fingerprint, new TreeMap<>(json.outputs));
        } catch (NoSuchFileException | JsonParseException e) {
            return NONE;
        }
    }

    void write(Path file) throws IOException {
        var json = new Json();
        json.fingerprint = fingerprint;
        json.outputs = outputs;
        WholeFile.write(file, GSON.toJson(json).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether compiling again would give exactly what lies there now. */
    boolean isCurrent(String wanted, Path outputDirectory) throws IOException {
        if (!fingerprint.equals(wanted)) {
            return false;
        }
        for (var output : outputs.entrySet()) {
            var file = outputDirectory.resolve(output.getKey());
            if (!Files.isRegularFile(file)
                    || !Fingerprint.of(Files.readAllBytes(file)).equals(output.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** The form in the file: any of it may be missing. */
    private static final class Json {
        @Nullable
        String fingerprint;

        @Nullable
        Map<String, String> outputs;
    }
}
