package org.descentlang.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts that repeat their own work, in each place where something is evaluated: compiling ends, and says which line
 * does it.
 */
class BudgetTest {
    private static final int LONG = 60;
    private static final Duration SECONDS = Duration.ofSeconds(20);

    private static final String MODEL = "\nmodel M { input x : f32[batch, 4]  output y = ";
    private static final String POINT = "\nmodel P { weight p : f32[2] = 1  output v = sum(p^2) }";

    /** `f60` calls `f59` twice, and so on: 2^60 calls of `f0`. */
    private static String twice(String kind) {
        return kind + " f0(x) = x"
                + IntStream.rangeClosed(1, LONG)
                        .mapToObj(i -> "\n%s f%d(x) = f%d(x) + f%d(x)".formatted(kind, i, i - 1, i - 1))
                        .collect(Collectors.joining());
    }

    private static String run(String clauses) {
        return "\ntrain T { model P  loss v  steps 10 " + clauses + " }";
    }

    static Stream<Arguments> exponentialTexts() {
        String twice = twice("function");
        return Stream.of(
                Arguments.of("tensors", twice + MODEL + "f60(x) }"),
                Arguments.of("numbers", twice + MODEL + "x * f60(1) }"),
                Arguments.of("sizes", twice + "\nmodel M { weight w : f32[f60(1)] = 0  output y = w }"),
                Arguments.of(
                        "first values", twice + "\nmodel M { weight w : f32[2] = normal(0, f60(1))  output y = w }"),
                Arguments.of(
                        "initialisers",
                        "init g() = f60(1)\n" + twice("init") + "\nmodel M { weight w : f32[2] = g  output y = w }"),
                Arguments.of(
                        "conditions",
                        twice + "\nfunction c(x) { if f60(1) > 0 { return x } else { return -x } }" + MODEL + "c(x) }"),
                Arguments.of(
                        "bounds of loops",
                        twice + "\nfunction c(x) { for i in 0 .. f60(1) { x = x + 1 }\n return x }" + MODEL + "c(x) }"),
                Arguments.of(
                        "defaults",
                        twice + "\nlayer l(x : f32[batch, n], a = f60(1)) { return a * x }" + MODEL + "l(x) }"),
                Arguments.of("positions", twice + MODEL + "x[.., f60(1)] }"),
                Arguments.of(
                        "rules",
                        twice + "\noptimizer o(lr = 1) { θ ← θ - lr * f60(g) }" + POINT + run("optimizer o()")),
                Arguments.of("arguments of rules", twice + POINT + run("optimizer sgd(lr = f60(1))")),
                Arguments.of("settings", twice + POINT + run("optimizer sgd(lr = 1) { for p { lr = f60(1) } }")),
                Arguments.of(
                        "schedules",
                        twice + "\nschedule s() = f60(base)" + POINT + run("optimizer sgd(lr = 1)  schedule lr = s()")),
                Arguments.of(
                        "losses", twice + POINT + run("optimizer sgd(lr = 1)").replace("loss v", "loss f60(v)")),
                Arguments.of("fields", twice + "\ndata D { from \"x.csv\"  x = column(0) * f60(1) }"),
                Arguments.of(
                        "three loops",
                        "model M { for i in 1 .. 10000 { for j in 1 .. 10000 { for k in 1 .. 10000 { } } } }"),
                Arguments.of("one loop", "model M { for i in 1 .. 1000000000000 { } }"),
                Arguments.of(
                        "loops that split",
                        "model M { input x : f32[batch, 1000]  for i in 1 .. 1000 { a = split(x, 1000) }  output y = x }"),
                Arguments.of(
                        "tensors in schedules",
                        "schedule s() = base * sum(ones(40000, 50000))" + POINT
                                + run("optimizer sgd(lr = 1)  schedule lr = warmup(2 steps) then s()")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exponentialTexts")
    void endsAndSaysWhatItWas(String what, String text) {
        List<Problem> problems = compile(text);
        assertThat(problems).as(what).hasSize(1);
        assertThat(problems.getFirst().code().id()).isEqualTo("D213");
    }

    /** What is large and nothing more ends, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data D { from \"x.csv\"  x = columns(0 .. 900000) }",
                "model M { input x : f32[batch, 4]  output y = x + sum(zeros(2147483647)) }",
                "model M { input x : f32[batch, 4]  output y = reshape(zeros(2147483647), 1, 2147483647) }",
                "model M { input x : f32[batch, 4]  h = x  for i in 1 .. 2000 { h = layer_norm(h) }  output y = h }",
            })
    void largeTextsAreCheckedInSeconds(String text) {
        assertThat(checked(text)).isEmpty();
    }

    /** One message for each of the first thousand mistakes, and nothing is looked for after them. */
    @ParameterizedTest
    @ValueSource(strings = {"h%d = q%d\n", "h = q%d + %d\n"})
    void textsThatAreAllMistakesEnd(String line) {
        String lines =
                IntStream.range(0, 40_000).mapToObj(i -> line.formatted(i, i)).collect(Collectors.joining());
        assertThat(checked("model M {\n" + lines + "}")).hasSize(1000);
    }

    private static List<Problem> compile(String text) {
        return timed(() -> Compiler.compile(List.of(SourceFile.of("budget.opt", text)), CompilerOptions.DEFAULT)
                .problems());
    }

    private static List<Problem> checked(String text) {
        return timed(() -> Compiler.check(List.of(SourceFile.of("budget.opt", text)), CompilerOptions.DEFAULT)
                .problems());
    }

    private static List<Problem> timed(Supplier<List<Problem>> work) {
        return assertTimeout(SECONDS, work::get);
    }
}
