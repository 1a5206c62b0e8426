package org.descentlang.maven.command;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the command says of its work.
 *
 * @param event what happened, such as {@code epoch} or {@code file}; may be empty
 * @param fields in the order written; a field of a nested object is named by its path, such as
 *     {@code validation.accuracy}
 */
public record Progress(String event, Map<String, String> fields) implements Event {
    private static final MathContext DIGITS = new MathContext(4);
    private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+([eE]-?\\d+)?");

    /** On one line, such as {@code epoch: epoch 3, loss 0.4123, validation.accuracy 0.93}. */
    public String line() {
        var text = fields.entrySet().stream()
                .filter(field -> !isDetail(field.getKey()))
                .map(field -> field.getKey() + " " + rounded(field.getValue()))
                .collect(Collectors.joining(", "));
        return event.isEmpty() ? text : event + ": " + text;
    }

    /** Norms of all parameters and all hyperparameters but the learning rates are for programs to read. */
    private static boolean isDetail(String field) {
        return field.startsWith("norms.") || field.startsWith("hyperparameters.") && !field.endsWith(".lr");
    }

    private static String rounded(String value) {
        return FRACTION.matcher(value).matches()
                ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
                : value;
    }
}
