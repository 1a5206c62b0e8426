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
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.lower.Snippet;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.pass.Pipeline;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values and derivatives at kinks, ties, 0, -0, infinities and where numbers leave the range of floats, against a table
 * that PyTorch has written: `special_points.py` beside it. The evaluator before and after the rewrites, and Java in all
 * its forms.
 */
final class SpecialPointsTest {
    /** More than a vector has lanes, and no multiple. */
    private static final int COPIES = 33;

    /** An expression, the arguments that it is tried with, and what is right for each. */
    record Case(String expression, List<Arguments> arguments, List<double[]> values, List<double[]> slopes) {
        @Override
        public String toString() {
            return expression;
        }
    }

    /** The tensor {@code x}, with respect to which derivatives are taken, and {@code y}. */
    record Arguments(TensorValue x, TensorValue y, boolean indices) {
        Snippet of(String expression) {
            Snippet snippet = Snippet.of(expression).parameter("x", x.sizes(), x.data());
            return indices ? snippet.index("y", y.sizes(), y.data()) : snippet.input("y", y.sizes(), y.data());
        }
    }

    static Stream<Case> cases() throws IOException {
        var stream =
                Objects.requireNonNull(SpecialPointsTest.class.getResourceAsStream("/reference/special_points.json"));
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            JsonObject table = JsonParser.parseReader(reader).getAsJsonObject();
            return Stream.of(
                    cases(table, "elements").map(SpecialPointsTest::elements),
                    cases(table, "rows").map(SpecialPointsTest::rows),
                    cases(table, "losses").map(SpecialPointsTest::losses),
                    cases(table, "class_losses").map(SpecialPointsTest::classLosses))
                    .flatMap(cases -> cases)
                    .toList()
                    .stream();
        }
    }

    private static Stream<JsonObject> cases(JsonObject table, String kind) {
        return StreamSupport.stream(table.getAsJsonArray(kind).spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }

    private static Case elements(JsonObject json) {
        TensorValue x = vector(numbers(json.get("x")));
        TensorValue y = json.has("y") ? vector(numbers(json.get("y"))) : x;
        return new Case(
                expression(json),
                List.of(new Arguments(x, y, false)),
                List.of(numbers(json.get("value"))),
                List.of(numbers(json.get("dx"))));
    }

    private static Case rows(JsonObject json) {
        TensorValue y = vector(numbers(json.get("y")));
        return each(json, i -> new Arguments(vector(numbers(item(json, "x", i))), y, false), 1);
    }

    private static Case losses(JsonObject json) {
        return each(
                json,
                i -> new Arguments(copies(numbers(item(json, "x", i))), copies(numbers(item(json, "y", i))), false),
                COPIES);
    }

    private static Case classLosses(JsonObject json) {
        return each(
                json,
                i -> {
                    double[] scores = numbers(item(json, "x", i));
                    double[] all = copies(scores).data();
                    return new Arguments(
                            TensorValue.of(new int[] {COPIES, scores.length}, all),
                            copies(numbers(item(json, "y", i))),
                            true);
                },
                COPIES);
    }

    private interface ArgumentsOf {
        Arguments item(int i);
    }

    /** One after the other; each derivative {@code copies} times, and divided by that. */
    private static Case each(JsonObject json, ArgumentsOf arguments, int copies) {
        int count = json.getAsJsonArray("x").size();
        var all = IntStream.range(0, count).mapToObj(arguments::item).toList();
        var values = IntStream.range(0, count)
                .mapToObj(i -> numbers(item(json, "value", i)))
                .toList();
        var slopes = IntStream.range(0, count)
                .mapToObj(i -> numbers(item(json, "dx", i)))
                .map(slope -> repeated(Arrays.stream(slope).map(d -> d / copies).toArray(), copies))
                .toList();
        return new Case(expression(json), all, values, slopes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void equalsTheTable(Case c) {
        Program program = c.arguments().getFirst().of(c.expression()).differentiated(List.of("x"));
        Program optimized = Pipeline.optimize(program);
        var inputs = new ArrayList<Inputs>();
        for (Arguments arguments : c.arguments()) {
            Snippet snippet = arguments.of(c.expression());
            snippet.differentiated(List.of("x"));
            inputs.add(snippet.inputs());
        }
        check(c, "evaluator", evaluated(program, inputs, "value"), evaluated(program, inputs, "x"), 1e-11, 1e-12);
        check(c, "rewritten", evaluated(optimized, inputs, "value"), evaluated(optimized, inputs, "x"), 1e-11, 1e-12);
        var java = new RunnableProgram(optimized, 1);
        var slopes = java.numbers("x", inputs);
        java.numbers("value", inputs)
                .forEach(
                        (form, values) -> check(c, form, values, Objects.requireNonNull(slopes.get(form)), 1e-5, 1e-6));
    }

    /** Squares of floats near 0 are 0: so is what a penalty on their root adds to the gradient. */
    @ParameterizedTest
    @ValueSource(strings = {"sqrt(l2(x))", "norm(x)"})
    void aRootOfSquaresThatUnderflowIsFlat(String expression) {
        Snippet snippet = new Arguments(copies(new double[] {1e-30}), vector(new double[] {0}), false).of(expression);
        Program program = Pipeline.optimize(snippet.differentiated(List.of("x")));
        new RunnableProgram(program, 1)
                .numbers("x", List.of(snippet.inputs()))
                .forEach(
                        (form, slopes) -> assertThat(slopes.getFirst()).as(form).containsOnly(0));
    }

    private static List<double[]> evaluated(Program program, List<Inputs> inputs, String output) {
        return inputs.stream()
                .map(i -> ReferenceEvaluator.evaluate(program, i))
                .map(results -> program.outputs().stream()
                        .filter(o -> o.name().equals(output))
                        .findFirst()
                        .map(o -> results.values().get(o.value()).data())
                        .orElseThrow())
                .toList();
    }

    private static void check(
            Case c, String form, List<double[]> values, List<double[]> slopes, double relative, double absolute) {
        for (int i = 0; i < values.size(); i++) {
            String at = "%s of %s at %s"
                    .formatted(
                            form,
                            c.expression(),
                            Arrays.toString(c.arguments().get(i).x().data()));
            check(at, values.get(i), c.values().get(i), relative, absolute);
            check("derivative by " + at, slopes.get(i), c.slopes().get(i), relative, absolute);
        }
    }

    /** What a float cannot hold is infinite, or 0 to within {@code absolute}. */
    private static void check(String at, double[] found, double[] expected, double relative, double absolute) {
        for (int i = 0; i < expected.length; i++) {
            double wanted = relative > 1e-8 ? (float) expected[i] : expected[i];
            boolean equal = Double.compare(found[i], wanted) == 0
                    || Math.abs(found[i] - wanted) <= absolute + relative * Math.abs(wanted);
            assertThat(equal).as("%s [%s]: %s, not %s", at, i, found[i], wanted).isTrue();
        }
    }

    private static String expression(JsonObject json) {
        return json.get("expression").getAsString();
    }

    private static JsonElement item(JsonObject json, String name, int i) {
        return json.getAsJsonArray(name).get(i);
    }

    private static TensorValue copies(double[] row) {
        return vector(repeated(row, COPIES));
    }

    private static double[] repeated(double[] row, int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> row)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static TensorValue vector(double[] data) {
        return TensorValue.of(new int[] {data.length}, data);
    }

    private static double[] numbers(JsonElement node) {
        return node.isJsonArray()
                ? StreamSupport.stream(node.getAsJsonArray().spliterator(), false)
                        .mapToDouble(JsonElement::getAsDouble)
                        .toArray()
                : new double[] {node.getAsDouble()};
    }
}
