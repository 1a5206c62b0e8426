package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.emit.TrainingPlans;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.description.ProgramRole;
import org.junit.jupiter.api.Test;

/** What the files of the tests on the device contain: everything that there is. */
final class CoverageTest {
    private static final Path FILES = Path.of("src/test/resources");
    private static final Path LIBRARY = Path.of("../../compiler/src/main/resources/std");

    @Test
    void everyOperationForwardAndBackward() {
        var program = CompiledTrainings.spec(FILES.resolve("operations.opt"), "Operations")
                .program(ProgramRole.GRADIENT);
        var found = program.instructions().stream()
                .flatMap(instruction -> names(instruction.op()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).containsAll(allOperations());
    }

    @Test
    void everyKindOfKernel() {
        var training = CompiledTrainings.spec(FILES.resolve("kernels.opt"), "Kernels");
        var found = TrainingPlans.of(training).all().stream()
                .flatMap(CoverageTest::kernels)
                .map(CoverageTest::kind)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "Assembly",
                        "Columns",
                        "Commit",
                        "Convolve",
                        "Fold",
                        "Gather",
                        "MatMul",
                        "Pick",
                        "PutBack",
                        "Random",
                        "Rows",
                        "Rows reduced",
                        "ScatterAdd",
                        "WindowArgMax");
    }

    @Test
    void everyRuleAndClipOfTheLibrary() throws IOException {
        String used = Files.readString(FILES.resolve("updates.opt")).replaceAll(" +", " ");
        for (String kind : new String[] {"optimizer", "clip"}) {
            String library = Files.readString(LIBRARY.resolve(kind + "s.opt"));
            var declared = Pattern.compile("(?m)^" + kind + " (\\w+)\\(").matcher(library);
            assertThat(declared.results().map(MatchResult::group))
                    .isNotEmpty()
                    .allMatch(declaration -> used.contains("\n " + declaration));
        }
    }

    private static Stream<Kernel> kernels(Plan plan) {
        return Stream.concat(plan.kernels(), plan.commits().stream());
    }

    private static String kind(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Rows rows ->
                rows.code().passes().stream().allMatch(pass -> pass.reductions().isEmpty()) ? "Rows" : "Rows reduced";
            case Kernel.Fold _ -> "Fold";
            case Kernel.Columns _ -> "Columns";
            case Kernel.Assembly _ -> "Assembly";
            case Kernel.Commit _ -> "Commit";
            case Kernel.Library library -> library.op().getClass().getSimpleName();
        };
    }

    private static Set<String> allOperations() {
        // Loops are written out before a device's plan is made.
        var records = Arrays.stream(Op.class.getPermittedSubclasses())
                .filter(family -> family != Op.Region.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .map(Class::getSimpleName);
        var kinds = Stream.<Enum<?>[]>of(
                        Op.UnaryKind.values(),
                        Op.BinaryKind.values(),
                        Op.Comparison.values(),
                        Op.Reduction.values(),
                        Op.Distribution.values())
                .flatMap(Arrays::stream)
                .map(CoverageTest::name);
        return Stream.concat(records, kinds).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of MAXIMUM there are two. */
    private static String name(Enum<?> kind) {
        return kind.getDeclaringClass().getSimpleName() + " " + kind.name();
    }

    private static Stream<String> names(Op op) {
        String record = op.getClass().getSimpleName();
        return switch (op) {
            case Op.Unary unary -> Stream.of(record, name(unary.kind()));
            case Op.Binary binary -> Stream.of(record, name(binary.kind()));
            case Op.Compare compare -> Stream.of(record, name(compare.comparison()));
            case Op.Reduce reduce -> Stream.of(record, name(reduce.reduction()));
            case Op.Random random -> Stream.of(record, name(random.distribution()));
            default -> Stream.of(record);
        };
    }
}
