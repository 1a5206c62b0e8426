package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser takes, 400 operators and brackets, the rest of the compiler takes as well. */
class DepthTest {
    @ParameterizedTest
    @CsvSource({
        "'', ' + x', 398",
        "'', ' - x', 398",
        "'', ' * x', 398",
        "'', ' @ x * x', 198",
        "'x + (', ')', 198",
        "'', ' |> relu', 197",
        "'-', '', 398",
        "'relu(', ')', 197",
        "'x^', '', 398",
        "'', '[..]', 197"
    })
    void theLimitIsThatOfTheParser(String before, String after, int times) {
        String text = before.repeat(times) + "x" + after.repeat(times);
        assertThat(problems(model(text))).isEmpty();
        assertThat(problems(model(before.repeat(600) + "x" + after.repeat(600))))
                .extracting(Problem::code)
                .containsExactly(Code.TOO_DEEP);
    }

    @Test
    void schedulesFollowEachOther() {
        String segments = "constant(1 steps) then ".repeat(198) + "constant";
        assertThat(problems(model("x") + "train T { model M loss v optimizer sgd(lr = 0.1) steps 1000 schedule lr = "
                        + segments + " }"))
                .isEmpty();
    }

    /** The stack of the thread is finite: what is too deep is said, and does not end in a bug. */
    @Test
    void whatIsPutInPlaceCountsToo() {
        String inner = "function f(x) = " + "-".repeat(350) + "x\n";
        String outer = "function g(x) = " + "-".repeat(350) + "f(x)\n";
        assertThat(problems(inner + model("f(x)"))).isEmpty();
        assertThat(problems(inner + outer + model("g(x)")))
                .extracting(Problem::code)
                .containsExactly(Code.ENDLESS);
    }

    /** It was quadratic: 16 000 took more than 20 seconds. */
    @Test
    void aModelMayHaveManyParameters() {
        var text = new StringBuilder("model M {\n");
        for (int i = 0; i < 16_000; i++) {
            text.append("weight w").append(i).append(" : f32[2] = normal(0, 1)\n");
        }
        text.append("output v = sum(w0)\n}\n");
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(problems(text.toString())).isEmpty();
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat((end - start) / 1e9).isLessThan(5);
    }

    private static String model(String value) {
        return "model M { weight x : f32[2] = 1  output v = sum(" + value + ") }\n";
    }

    private static List<Problem> problems(String text) {
        Compilation compilation = Compiler.check(List.of(SourceFile.of("deep.opt", text)), CompilerOptions.DEFAULT);
        assertThat(compilation.failure()).isEmpty();
        return compilation.problems();
    }
}
