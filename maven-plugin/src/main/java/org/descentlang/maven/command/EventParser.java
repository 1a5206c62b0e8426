package org.descentlang.maven.command;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the lines that {@code descent … --json} writes: one JSON object each. */
public final class EventParser {
    private static final String EVENT = "event";

    private final Path workingDirectory;

    /** @param workingDirectory where relative file names in events start */
    public EventParser(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** Never fails: what is not an event is a line for people. */
    public Event parse(String line) {
        if (!line.startsWith("{")) {
            return new Text(line);
        }
        try {
            var object = JsonParser.parseString(line).getAsJsonObject();
            return object.has("severity") ? problem(object) : progress(object);
        } catch (JsonParseException | IllegalArgumentException | UnsupportedOperationException e) {
            return new Text(line);
        }
    }

    private Problem problem(JsonObject object) {
        return new Problem(
                Problem.Severity.valueOf(text(object, "severity").orElse("").toUpperCase(Locale.ROOT)),
                text(object, "code").orElse(""),
                text(object, "title").orElse(""),
                text(object, "file").map(workingDirectory::resolve),
                number(object, "line"),
                number(object, "column"),
                text(object, "help"));
    }

    private static Optional<String> text(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
    }

    private static int number(JsonObject object, String name) {
        return text(object, name).map(Integer::valueOf).orElse(0);
    }

    private static Progress progress(JsonObject object) {
        var fields = new LinkedHashMap<String, String>();
        flatten("", object, fields);
        var event = text(object, EVENT).orElse("");
        fields.remove(EVENT);
        return new Progress(event, fields);
    }

    private static void flatten(String path, JsonObject object, Map<String, String> fields) {
        object.asMap().forEach((name, value) -> {
            if (value.isJsonObject()) {
                flatten(path + name + ".", value.getAsJsonObject(), fields);
            } else {
                fields.put(path + name, value.isJsonPrimitive() ? value.getAsString() : value.toString());
            }
        });
    }
}
