package org.descentlang.maven.command;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a training run says of itself.
 *
 * @param fields in the order written; a field of a nested object is named by its path, such as {@code validation.accuracy}
 */
public record Progress(Map<String, String> fields) implements Event {
    /** All of it on one line, such as {@code epoch 3, loss 0.41, validation.accuracy 0.93}. */
    public String line() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", "));
    }
}
