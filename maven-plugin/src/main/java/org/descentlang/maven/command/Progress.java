package org.descentlang.maven.command;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the command says of its work.
 *
 * @param event what happened, such as {@code epoch} or {@code file}; may be empty
 * @param fields in the order written; a field of a nested object is named by its path, such as {@code validation.accuracy}
 */
public record Progress(String event, Map<String, String> fields) implements Event {
    /** All of it on one line, such as {@code epoch: loss 0.41, validation.accuracy 0.93}. */
    public String line() {
        var text = fields.entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", "));
        return event.isEmpty() ? text : event + ": " + text;
    }
}
