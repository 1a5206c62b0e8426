package org.descentlang.compiler.train;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Numbers computed in double precision by PyTorch or from the formula in a paper, to be equal to. */
final class Reference {
    private Reference() {}

    static JsonElement read(String file) {
        var stream = Objects.requireNonNull(Reference.class.getResourceAsStream("/reference/" + file));
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All numbers of nested arrays, in order. */
    static double[] numbers(JsonElement node) {
        return node.isJsonArray()
                ? StreamSupport.stream(node.getAsJsonArray().spliterator(), false)
                        .flatMapToDouble(element -> java.util.Arrays.stream(numbers(element)))
                        .toArray()
                : new double[] {node.getAsDouble()};
    }
}
