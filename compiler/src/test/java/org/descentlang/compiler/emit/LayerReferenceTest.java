package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.lower.Snippet;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.pass.Pipeline;
import org.descentlang.compiler.pass.Unrolling;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers, activations and losses of the library against a table that PyTorch has written, `layers.py` beside it:
 * results and derivatives, by the evaluator, by Java in all its forms, and by kernels for devices.
 */
final class LayerReferenceTest {
    /** What is handed over, in the order of the call, where that is not only `x`. All else are parameters. */
    private static final Map<String, List<String>> OPERANDS = Map.of(
            "cross_entropy", List.of("scores", "target"),
            "gaussian_nll", List.of("mean", "log_variance", "target"));

    private static final List<String> ONE_OPERAND = List.of("x");

    /** Whole numbers, which have no derivative. */
    private static final Map<String, String> INDICES = Map.of("cross_entropy", "target");

    private static final double EVALUATOR = 1e-9;
    /** PyTorch's derivative of it has a float's 1/6. */
    private static final Map<String, Double> INEXACT = Map.of("hard_sigmoid", 2e-8);

    private static final double FLOATS = 1e-4;

    /** One of the table's. */
    record Case(
            String layer,
            Map<String, String> settings,
            Map<String, TensorValue> values,
            TensorValue cotangent,
            TensorValue output,
            Map<String, TensorValue> gradients) {

        List<String> operands() {
            return OPERANDS.getOrDefault(layer, ONE_OPERAND);
        }

        /** As a user writes it: `conv2d(x, units = 4, padding = "valid")`. */
        String text() {
            var arguments = new ArrayList<>(operands());
            settings.forEach((name, value) -> arguments.add(name + " = " + value));
            return layer + "(" + String.join(", ", arguments) + ")";
        }

        /** What a parameter of the layer is called from outside. */
        String path(String value) {
            return operands().contains(value) ? value : layer + "." + value;
        }

        boolean isIndex(String value) {
            return value.equals(INDICES.get(layer));
        }

        /** All that has a derivative is trained, so all sizes are fixed. */
        Snippet alone() {
            Snippet snippet = Snippet.of(text());
            for (String operand : operands()) {
                TensorValue value = value(operand);
                if (isIndex(operand)) {
                    snippet.index(operand, value.sizes(), value.data());
                } else {
                    snippet.parameter(operand, value.sizes(), value.data());
                }
            }
            return snippet.input("cotangent", cotangent.sizes(), cotangent.data());
        }

        /** What is handed over are fields of a batch. */
        Snippet inBatch() {
            Snippet snippet = Snippet.ofBatch(examples(), text());
            for (String operand : operands()) {
                field(snippet, operand, isIndex(operand) ? ElementType.I32 : ElementType.F32, value(operand));
            }
            return output.sizes().length == 0
                    ? snippet.input("cotangent", cotangent.sizes(), cotangent.data())
                    : field(snippet, "cotangent", ElementType.F32, cotangent);
        }

        int examples() {
            return value(operands().getFirst()).sizes()[0];
        }

        private TensorValue value(String name) {
            return Objects.requireNonNull(values.get(name));
        }

        private static Snippet field(Snippet snippet, String name, ElementType element, TensorValue value) {
            int[] perExample = Arrays.copyOfRange(value.sizes(), 1, value.sizes().length);
            return snippet.field(name, element, perExample, value.data());
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** A case in one of its two surroundings, with the derivatives that it has there. */
    private record Lowered(Case of, Program program, Inputs inputs, List<String> trained) {
        static Lowered of(Case of, Snippet snippet, boolean alone) {
            List<String> trained = of.gradients().keySet().stream()
                    .filter(name -> alone || !of.operands().contains(name))
                    .toList();
            Program program =
                    snippet.differentiated(trained.stream().map(of::path).toList(), "cotangent");
            Inputs inputs = snippet.inputs();
            of.values().forEach((name, value) -> {
                if (!of.operands().contains(name)) {
                    inputs.bind(Storage.PARAMETER, of.path(name), value);
                }
            });
            return new Lowered(of, Pipeline.optimize(program), inputs, trained);
        }

        void evaluator() {
            var results = ReferenceEvaluator.evaluate(program, inputs);
            program.outputs()
                    .forEach(output -> check(
                            "evaluator",
                            output.name(),
                            results.values().get(output.value()).data(),
                            INEXACT.getOrDefault(of.layer(), EVALUATOR)));
        }

        void java() {
            var java = new RunnableProgram(program, of.examples());
            java.numbers("value", List.of(inputs))
                    .forEach((form, found) -> check(form, "value", found.getFirst(), FLOATS));
            for (String name : trained) {
                java.numbers(of.path(name), List.of(inputs))
                        .forEach((form, found) -> check(form, of.path(name), found.getFirst(), FLOATS));
            }
        }

        void device() {
            Capacity capacity = Capacity.of(of.examples());
            RunnableKernels.of(Unrolling.unroll(program), of.examples(), capacity, true)
                    .compare(inputs, FLOATS);
        }

        private void check(String form, String name, double[] found, double tolerance) {
            if (name.equals("loss")) {
                return;
            }
            double[] expected = expected(name);
            assertThat(found).as(name).hasSameSizeAs(expected);
            double largest = Arrays.stream(expected).map(Math::abs).reduce(1, Math::max);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(found[i] - expected[i]))
                        .as("%s of %s, %s[%s]: %s, not %s", form, of, name, i, found[i], expected[i])
                        .isLessThanOrEqualTo(tolerance * largest);
            }
        }

        private double[] expected(String name) {
            return of.gradients().entrySet().stream()
                    .filter(gradient -> of.path(gradient.getKey()).equals(name))
                    .map(gradient -> gradient.getValue().data())
                    .findFirst()
                    .orElse(of.output().data());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void equalsTheTable(Case c) {
        for (boolean alone : List.of(true, false)) {
            Snippet snippet = alone ? c.alone() : c.inBatch();
            assertThat(snippet.problems()).isEmpty();
            Lowered lowered = Lowered.of(c, alone ? c.alone() : c.inBatch(), alone);
            lowered.evaluator();
            lowered.java();
            lowered.device();
        }
    }

    @Test
    void allOfTheTableIsTried() throws IOException {
        assertThat(cases()).hasSize(42);
    }

    static List<Case> cases() throws IOException {
        var stream = Objects.requireNonNull(LayerReferenceTest.class.getResourceAsStream("/reference/layers.json"));
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            JsonObject table = JsonParser.parseReader(reader).getAsJsonObject();
            return StreamSupport.stream(table.getAsJsonArray("cases").spliterator(), false)
                    .map(JsonElement::getAsJsonObject)
                    .map(LayerReferenceTest::of)
                    .toList();
        }
    }

    private static Case of(JsonObject json) {
        String layer = json.get("layer").getAsString();
        boolean loss = OPERANDS.containsKey(layer);
        var settings = new LinkedHashMap<String, String>();
        json.getAsJsonObject("settings")
                .entrySet()
                .forEach(e -> settings.put(e.getKey(), e.getValue().toString()));
        return new Case(
                layer,
                settings,
                tensors(json.getAsJsonObject("values")),
                loss ? single(json.get("cotangent")) : tensor(json.get("cotangent")),
                loss ? single(json.get("output")) : tensor(json.get("output")),
                tensors(json.getAsJsonObject("gradients")));
    }

    private static Map<String, TensorValue> tensors(JsonObject json) {
        var tensors = new LinkedHashMap<String, TensorValue>();
        json.entrySet().forEach(e -> tensors.put(e.getKey(), tensor(e.getValue())));
        return tensors;
    }

    /** A loss is one number, for the table a list of one. */
    private static TensorValue single(JsonElement node) {
        return TensorValue.scalar(node.getAsJsonArray().get(0).getAsDouble());
    }

    private static TensorValue tensor(JsonElement node) {
        var sizes = new ArrayList<Integer>();
        for (JsonElement part = node;
                part.isJsonArray();
                part = part.getAsJsonArray().get(0)) {
            sizes.add(part.getAsJsonArray().size());
        }
        return TensorValue.of(sizes.stream().mapToInt(size -> size).toArray(), numbers(node));
    }

    private static double[] numbers(JsonElement node) {
        return node.isJsonArray()
                ? StreamSupport.stream(node.getAsJsonArray().spliterator(), false)
                        .flatMapToDouble(element -> Arrays.stream(numbers(element)))
                        .toArray()
                : new double[] {node.getAsDouble()};
    }
}
