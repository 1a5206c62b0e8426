package org.descentlang.compiler.diagnostic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON object (RFC 8259) that is written on one line, its members in the order in which they were put. */
public final class JsonObject {
    private final Map<String, String> members = new LinkedHashMap<>();

    public JsonObject put(String name, String value) {
        return putText(name, quote(value));
    }

    public JsonObject put(String name, long value) {
        return putText(name, Long.toString(value));
    }

    public JsonObject put(String name, boolean value) {
        return putText(name, Boolean.toString(value));
    }

    /** JSON has no infinity and no NaN: those become null. */
    public JsonObject put(String name, double value) {
        return putText(name, number(value));
    }

    public JsonObject put(String name, double[] values) {
        return putText(name, array(values));
    }

    /** Row by row. */
    public JsonObject put(String name, double[][] matrix) {
        var rows = Arrays.stream(matrix).map(JsonObject::array).toList();
        return putText(name, "[" + String.join(",", rows) + "]");
    }

    private static String array(double[] values) {
        var texts = new ArrayList<String>();
        for (double value : values) {
            texts.add(number(value));
        }
        return "[" + String.join(",", texts) + "]";
    }

    public JsonObject put(String name, JsonObject value) {
        return putText(name, value.toString());
    }

    public JsonObject put(String name, List<JsonObject> values) {
        return putText(
                name,
                "[" + String.join(",", values.stream().map(JsonObject::toString).toList()) + "]");
    }

    private JsonObject putText(String name, String json) {
        members.put(name, json);
        return this;
    }

    @Override
    public String toString() {
        var texts = new ArrayList<String>();
        members.forEach((name, value) -> texts.add(quote(name) + ":" + value));
        return "{" + String.join(",", texts) + "}";
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
