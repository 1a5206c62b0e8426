package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.lower.Snippet;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.pass.Pipeline;
import org.descentlang.compiler.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX's own tests of its operators, which nobody here wrote, by the evaluator and by Java in all its forms. */
final class OnnxReferenceTest {
    /** The table has single precision. */
    private static final double EVALUATOR = 1e-5;

    private static final double FLOATS = 1e-4;

    private static final Path DOCUMENTATION = Path.of("../docs/onnx.md");

    private static final Pattern INTRODUCTION = Pattern.compile("(?s)^(.*?\n\n)\\|.*$");

    static Stream<OnnxCase> cases() throws IOException {
        return OnnxCase.all().stream()
                .filter(c -> !OnnxUpdate.isOne(c))
                .filter(c -> OnnxTranslations.of(c).lacking.isEmpty());
    }

    static Stream<OnnxCase> updates() throws IOException {
        return OnnxCase.all().stream().filter(OnnxUpdate::isOne);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updates")
    void updatesEqualTheTable(OnnxCase c) {
        for (OnnxUpdate update : OnnxUpdate.of(c)) {
            assertThat(update.result()).as(update.text()).isCloseTo(update.expected(), within(EVALUATOR));
        }
    }

    @Test
    void allOfTheTableIsTried() throws IOException {
        assertThat(OnnxCase.all()).hasSize(231);
        assertThat(cases().count() + updates().count()).isEqualTo(215);
    }

    /** `-Ddescent.golden=overwrite` writes it anew, and fails all the same. */
    @Test
    void theDocumentationHasTheTable() throws IOException {
        String text = Files.readString(DOCUMENTATION);
        String wanted = INTRODUCTION.matcher(text).replaceFirst("$1") + table();
        if ("overwrite".equals(System.getProperty("descent.golden"))) {
            Files.writeString(DOCUMENTATION, wanted);
        }
        assertThat(text).isEqualTo(wanted);
    }

    private static String table() throws IOException {
        var operators = new TreeMap<String, List<OnnxCase>>();
        OnnxCase.all()
                .forEach(c -> operators
                        .computeIfAbsent(c.operator(), _ -> new ArrayList<>())
                        .add(c));
        var lines = new StringBuilder("| operator | cases | equal | such as | not, and why |\n|---|---|---|---|---|\n");
        operators.forEach((operator, cases) -> lines.append(row(operator, cases)));
        return lines.toString();
    }

    private static String row(String operator, List<OnnxCase> cases) {
        Map<String, Long> lacking = cases.stream()
                .filter(c -> !OnnxUpdate.isOne(c))
                .map(c -> OnnxTranslations.of(c).lacking)
                .filter(why -> !why.isEmpty())
                .collect(Collectors.groupingBy(why -> why, TreeMap::new, Collectors.counting()));
        String text = cases.stream()
                .map(c -> OnnxUpdate.isOne(c) ? OnnxUpdate.rule(c) : OnnxTranslations.of(c).text)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(found -> "`" + found + "`")
                .orElse("");
        long equal = cases.size()
                - lacking.values().stream().mapToLong(Long::longValue).sum();
        String why = lacking.entrySet().stream()
                .map(entry -> entry.getValue() + ": " + entry.getKey())
                .collect(Collectors.joining("; "));
        return "| %s | %d | %d | %s | %s |\n".formatted(operator, cases.size(), equal, text, why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void equalsTheTable(OnnxCase c) {
        OnnxTranslation translation = OnnxTranslations.of(c);
        Snippet snippet = snippet(translation);
        Program program = Pipeline.optimize(snippet.differentiated(List.of()));
        Inputs inputs = snippet.inputs();
        translation.parameters.forEach((path, value) -> inputs.bind(Storage.PARAMETER, path, value));
        translation.running.forEach((path, value) -> inputs.bind(Storage.RUNNING, path, value));
        TensorValue found = ReferenceEvaluator.evaluate(program, inputs).output(Sink.RESULT, "value");
        check(c, translation, "evaluator", found, EVALUATOR);
        new RunnableProgram(program, 1)
                .numbers("value", List.of(inputs))
                .forEach((form, numbers) ->
                        check(c, translation, form, TensorValue.of(found.sizes(), numbers.getFirst()), FLOATS));
    }

    private static Snippet snippet(OnnxTranslation translation) {
        Snippet snippet = translation.inference
                ? Snippet.inference(translation.declarations, translation.text)
                : Snippet.of(translation.declarations, translation.text);
        translation.operands.forEach((name, value) -> {
            if (value.element() == ElementType.I32) {
                snippet.index(name, value.sizes(), value.data());
            } else {
                snippet.parameter(name, value.sizes(), value.data());
            }
        });
        return snippet;
    }

    private static void check(
            OnnxCase c, OnnxTranslation translation, String form, TensorValue value, double tolerance) {
        TensorValue found = translation.order.length == 0 ? value : OnnxTranslation.permuted(value, translation.order);
        double[] expected = c.output().data();
        assertThat(found.data()).as(form).hasSameSizeAs(expected);
        double largest =
                Arrays.stream(expected).map(Math::abs).filter(Double::isFinite).reduce(1, Math::max);
        for (int i = 0; i < expected.length; i++) {
            double one = found.data()[i];
            boolean equal = Double.isFinite(expected[i])
                    ? Math.abs(one - expected[i]) <= tolerance * largest
                    : Double.compare(one, expected[i]) == 0;
            assertThat(equal)
                    .as("%s of %s, [%s]: %s, not %s", form, c, i, one, expected[i])
                    .isTrue();
        }
    }
}
