package org.descentlang.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What javac says of the compiler's own sources once there is one operation more: every place that has to know it, and
 * nothing else.
 */
final class NewOperationTest {
    /** That a `switch` forgets a case: an expression, and a statement. */
    private static final List<String> FORGETS =
            List.of("compiler.err.not.exhaustive", "compiler.err.not.exhaustive.statement");

    /** Shape, evaluation, gradient, plan, then what writes Java. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fresh() implements ElementWise"
                        + "| ir/ElementWiseShape op/ElementWiseEvaluation autodiff/ElementWiseGradient plan/Roots"
                        + " emit/text/FloatText emit/text/DoubleText emit/kernel/VectorText emit/device/DeviceText",
                "Fresh() implements View | ir/ViewShape op/ViewEvaluation autodiff/ViewGradient plan/Index",
                "Fresh(List<Integer> axes) implements Reducing"
                        + "| ir/ReducingShape op/ReducingEvaluation autodiff/ReducingGradient"
                        + " plan/Role plan/Roots plan/Space plan/CodeBuilder emit/kernel/PlainKernelWriter"
                        + " emit/kernel/Vectorizable emit/kernel/ShortRowsWriter emit/device/DeviceLines"
                        + " emit/device/DeviceGroupWriter",
                "Fresh() implements Assembling"
                        + "| ir/AssemblingShape op/AssemblingEvaluation autodiff/AssemblingGradient plan/Planner",
                "Fresh() implements Call"
                        + "| ir/CallShape op/CallEvaluation autodiff/CallGradient plan/Planner"
                        + " emit/program/LibraryCalls emit/device/DeviceLibrary emit/device/DeviceTasks"
            })
    void ofAFamily(String operation, String places) {
        assertMissing(before("    record Unary(", "    record " + operation + " {}\n\n"), places);
    }

    @Test
    void ofOneOperand() {
        assertMissing(
                before("        NOT(", "        FRESH(Domain.REALS, Cost.FUNCTION, true),\n"),
                "op/ScalarRule autodiff/ElementWiseGradient emit/text/FloatText emit/text/DoubleText"
                        + " emit/kernel/VectorText emit/device/DeviceText");
    }

    @Test
    void aReduction() {
        assertMissing(
                before("        MINIMUM(BinaryKind.MINIMUM", "        FRESH(BinaryKind.ADD, true),\n"),
                "op/ScalarRule autodiff/ReducingGradient emit/text/Accumulation emit/kernel/KernelWriter"
                        + " emit/kernel/VectorKernelWriter emit/kernel/VectorRowsWriter emit/kernel/ShortRowsWriter"
                        + " emit/device/DeviceText emit/device/DeviceLines train/BatchDependence");
    }

    private static UnaryOperator<String> before(String place, String added) {
        return text -> {
            assertThat(text).containsOnlyOnce(place);
            return text.replace(place, added + place);
        };
    }

    private static void assertMissing(UnaryOperator<String> change, String places) {
        var named = new TreeSet<String>();
        for (var error : errors(change)) {
            assertThat(error.getCode()).as(error.toString()).isIn(FORGETS);
            named.add(error.getSource().getName());
        }
        assertThat(named).contains(places.split(" "));
    }

    private static List<Diagnostic<? extends JavaFileObject>> errors(UnaryOperator<String> change) {
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        try {
            CompilerSources.task(change, diagnostics).analyze();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
    }
}
