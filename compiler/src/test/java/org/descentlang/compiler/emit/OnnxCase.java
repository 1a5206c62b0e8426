package org.descentlang.compiler.emit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.ElementType;

/**
 * One of ONNX's own tests of an operator: attributes, inputs, and what comes of them. Data, under Apache-2.0.
 *
 * @param inputs null where an input is left out, in ONNX's order
 */
record OnnxCase(
        String name,
        String operator,
        JsonObject attributes,
        List<Optional<TensorValue>> inputs,
        List<TensorValue> outputs) {
    static List<OnnxCase> all() throws IOException {
        var stream = Objects.requireNonNull(OnnxCase.class.getResourceAsStream("/reference/onnx.json.gz"));
        try (var reader = new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8)) {
            JsonObject table = JsonParser.parseReader(reader).getAsJsonObject();
            return objects(table.getAsJsonArray("cases"))
                    .map(json -> of(json.orElseThrow()))
                    .toList();
        }
    }

    private static OnnxCase of(JsonObject json) {
        return new OnnxCase(
                json.get("name").getAsString().replaceFirst("^test_", ""),
                json.get("op").getAsString(),
                json.getAsJsonObject("attributes"),
                objects(json.getAsJsonArray("inputs"))
                        .map(input -> input.map(OnnxCase::tensor))
                        .toList(),
                objects(json.getAsJsonArray("outputs"))
                        .flatMap(Optional::stream)
                        .map(OnnxCase::tensor)
                        .toList());
    }

    private static java.util.stream.Stream<Optional<JsonObject>> objects(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.isJsonNull() ? Optional.empty() : Optional.of(element.getAsJsonObject()));
    }

    private static TensorValue tensor(JsonObject json) {
        int[] sizes = StreamSupport.stream(json.getAsJsonArray("shape").spliterator(), false)
                .mapToInt(JsonElement::getAsInt)
                .toArray();
        double[] values = StreamSupport.stream(json.getAsJsonArray("values").spliterator(), false)
                .mapToDouble(OnnxCase::number)
                .toArray();
        String type = json.get("type").getAsString();
        ElementType element = switch (type) {
            case "int64" -> ElementType.I32;
            case "bool" -> ElementType.BOOL;
            default -> ElementType.F32;
        };
        return new TensorValue(element, sizes, values);
    }

    private static double number(JsonElement element) {
        if (element.isJsonNull()) {
            return Double.NaN;
        }
        var value = element.getAsJsonPrimitive();
        return switch (value.getAsString()) {
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "true" -> 1;
            case "false" -> 0;
            default -> value.getAsDouble();
        };
    }

    /** The first one; others are what it is made of. */
    TensorValue output() {
        return outputs.getFirst();
    }

    TensorValue input(int index) {
        return given(index).orElseThrow();
    }

    Optional<TensorValue> given(int index) {
        return index < inputs.size() ? inputs.get(index) : Optional.empty();
    }

    /** Of the first input. */
    int rank() {
        return input(0).sizes().length;
    }

    /** An attribute as text of the language. */
    String attribute(String attribute, Object otherwise) {
        return attributes.has(attribute) ? attributes.get(attribute).getAsString() : String.valueOf(otherwise);
    }

    /** A number that is an axis, from the front. */
    int axis(int otherwise) {
        int axis = attributes.has("axis") ? attributes.get("axis").getAsInt() : otherwise;
        return axis < 0 ? axis + rank() : axis;
    }

    List<Integer> list(String attribute) {
        return attributes.has(attribute)
                ? StreamSupport.stream(attributes.getAsJsonArray(attribute).spliterator(), false)
                        .map(JsonElement::getAsInt)
                        .toList()
                : List.of();
    }

    /** All axes of a tensor, but with one at the end. */
    static int[] last(int rank, int axis) {
        return IntStream.concat(IntStream.range(0, rank).filter(a -> a != axis), IntStream.of(axis))
                .toArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
