package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.ImportResolver;
import org.descentlang.compiler.emit.device.DeviceMethod;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.compiler.type.Dim;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TornadoVM compiles wrongly without a word, or not at all, is in no kernel: see `docs/tornadovm.md`. */
final class DeviceRulesTest {
    private static final List<Dim> SIZES = List.of(Dim.BATCH, Dim.of(1), Dim.of(3), Dim.of(5), Dim.of(33));
    private static final int MOST_ARGUMENTS = 20;
    private static final int LARGEST_METHOD = 8000;

    /** Shifts without a sign, java.lang.Math, literals that are no numbers, and what has no place in a kernel. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            ">>>|(?<!Tornado|Device)Math\\.|NaN|INFINITY|Infinity|\\bnew\\b|\\bthrow\\b|\\bboolean\\b|\\bchar\\b|@Reduce"
                    + "|float\\[|int\\[|double\\[|--");

    /** What only groups of threads have: one array in local memory, handed to nobody. */
    private static final Pattern SHARED =
            Pattern.compile("(float|double)\\[] shared = context\\.allocate(Float|Double)LocalArray\\(256\\);");

    private static final Pattern UNIFORM = Pattern.compile(
            "for \\(int half = 128; half >= [18]; half = half >> 1\\) \\{|for \\(int i0 = context\\.groupIdx; i0 < .*\\{");

    private static final Pattern SIGNATURE = Pattern.compile("void (\\w+)\\(([^)]*)\\)");
    private static final Pattern PARAMETER =
            Pattern.compile("(Float|Int|Double)Array [a-z]\\w*|int capacity|KernelContext context");
    private static final Pattern NAME = Pattern.compile(
            "(run|predict|gradient|update|evaluation|lookAhead|gradientNorm)(Scalars|Commit)?\\d+(Zero|Copy\\d+|InGroups)?");

    @ParameterizedTest
    @ValueSource(strings = {"digits", "own_rules", "race", "w1", "w5", "w6"})
    void holdForTheSpecs(String spec) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/specs", spec + ".opt"));
        for (String device : List.of("gpu", "fpga")) {
            var options = new CompilerOptions(Map.of(), ImportResolver.NONE, _ -> device);
            var files = Compiler.compile(List.of(SourceFile.of(spec + ".opt", text)), options)
                    .javaFiles();
            var kernels = files.stream()
                    .filter(file -> file.path().endsWith("DeviceKernels.java"))
                    .toList();
            assertThat(kernels).isNotEmpty();
            kernels.forEach(file -> holds(file.text(), device.equals("gpu")));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdForRandomPrograms(long seed) {
        var runnable = RunnableKernels.of(RandomPrograms.any(seed, 40, SIZES), 33, Capacity.of(33), true);
        JavaFile kernels = runnable.sources().getFirst();
        holds(kernels.text(), true);
        byte[] code = MemoryCompiler.compile(runnable.sources()).classes().get("generated.StepKernels");
        for (var method : ClassFile.of().parse(Objects.requireNonNull(code)).methods()) {
            assertThat(method.code().orElseThrow())
                    .isInstanceOfSatisfying(
                            CodeAttribute.class,
                            attribute -> assertThat(attribute.codeLength())
                                    .as(method.methodName().stringValue())
                                    .isLessThan(LARGEST_METHOD));
        }
    }

    private static void holds(String text, boolean threads) {
        String[] methods = text.split("\n    static ");
        assertThat(methods.length).isGreaterThan(1);
        for (int i = 1; i < methods.length; i++) {
            // Up to the method's end: what follows is the comment of the next.
            kernel(methods[i].substring(0, methods[i].indexOf("\n    }")), threads);
        }
    }

    private static void kernel(String kernel, boolean threads) {
        var signature = SIGNATURE.matcher(kernel);
        assertThat(signature.find()).as(kernel).isTrue();
        assertThat(signature.group(1)).matches(NAME);
        List<String> parameters = List.of(signature.group(2).split(",\\s*"));
        assertThat(parameters)
                .as(kernel)
                .hasSizeLessThanOrEqualTo(MOST_ARGUMENTS)
                .allMatch(PARAMETER.asMatchPredicate());
        boolean groups = signature.group(1).endsWith("InGroups");
        assertThat(parameters.contains("KernelContext context")).as(kernel).isEqualTo(groups);
        allowed(groups ? withoutGroup(kernel) : kernel);
        loops(kernel, threads && !groups);
    }

    private static void allowed(String kernel) {
        assertThat(FORBIDDEN
                        .matcher(kernel)
                        .results()
                        .map(found -> found.group())
                        .toList())
                .as(kernel)
                .isEmpty();
        assertThat(kernel.lines().skip(1)).as(kernel).noneMatch(line -> line.contains("context"));
    }

    /** What is left are loops as elsewhere: local memory is used by index only. */
    private static String withoutGroup(String kernel) {
        assertThat(SHARED.matcher(kernel).results()).as(kernel).hasSize(1);
        barriers(kernel);
        String rest = SHARED.matcher(kernel).replaceAll("");
        assertThat(rest).as(kernel).doesNotContainPattern("shared(?!\\[)");
        return rest.replace("context.localBarrier()", "").replaceAll("context\\.(localIdx|groupIdx)", "0");
    }

    /** All threads of a group meet each: the blocks around it do not depend on the thread. */
    private static void barriers(String kernel) {
        var open = new ArrayDeque<String>();
        String body = kernel.substring(kernel.indexOf("{\n") + 2);
        for (String line : body.lines().map(String::strip).toList()) {
            if (line.startsWith("}")) {
                open.pop();
            }
            if (line.contains("localBarrier")) {
                assertThat(open).as(kernel).allMatch(UNIFORM.asMatchPredicate());
            }
            if (line.endsWith("{")) {
                open.push(line);
            }
        }
    }

    /** Loops over threads are nested in one another, with nothing between them, and there are at most three. */
    private static void loops(String kernel, boolean threads) {
        List<String> lines = kernel.lines().map(String::strip).toList();
        List<Integer> found = java.util.stream.IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).contains("@Parallel"))
                .boxed()
                .toList();
        assertThat(found).as(kernel).hasSizeLessThanOrEqualTo(threads ? DeviceMethod.MOST_PARALLEL : 0);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).as(kernel).isEqualTo(found.getFirst() + i);
            assertThat(lines.get(found.get(i)))
                    .matches("for \\(@Parallel int (\\w+) = 0; \\1 < [^;]+; \\1\\+\\+\\) \\{");
        }
    }
}
