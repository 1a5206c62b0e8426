package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Predicate;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Printer;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.ir.Reader;
import org.descentlang.compiler.ir.Verifier;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.pass.OutOfLoops;
import org.descentlang.compiler.pass.Pipeline;
import org.descentlang.compiler.pass.Unrolling;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.description.ProgramRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan is a loop, there and back, and what does not depend on what it carries is no part of it. */
final class ScanTest {
    private static final String SERIES = """
            package series
            model Series {
                input x : f32[batch, TURNS, 5]
                output z = dense(LAYER(x, units = 32)[.., -1, ..], 3)
            }
            data Numbers {
                examples 64
                random x : f32[batch, TURNS, 5] normal(0, 1)
                random y : f32[batch, 3] uniform(0, 1)
            }
            train Fit {
                model Series  data Numbers  loss mse(z, y)  optimizer sgd(lr = 0.1)  batch 32  epochs 1
            }
            """;

    /** Of what is derived of them too: turn by turn, and all turns written out. */
    @ParameterizedTest
    @EnumSource(names = {"GRADIENT", "EVALUATION"})
    void aScanIsWhatItStandsFor(ProgramRole role) {
        Program program = recurrence(role);
        Program flat = Unrolling.unroll(program);
        assertThat(count(program, op -> op instanceof Op.Region)).isGreaterThan(10);
        assertThat(count(flat, op -> op instanceof Op.Region)).isZero();
        Verifier.verify(program);
        Verifier.verify(flat);
        assertEqual(program, flat);
    }

    @ParameterizedTest
    @EnumSource(names = {"GRADIENT", "EVALUATION"})
    void outOfLoopsChangesNoResult(ProgramRole role) {
        Program program = recurrence(role);
        Program moved = OutOfLoops.move(program);
        Verifier.verify(moved);
        assertThat(Printer.print(moved)).isNotEqualTo(Printer.print(program));
        assertEqual(program, moved);
        Program simple = Pipeline.optimize(moved);
        Verifier.verify(simple);
        assertEqual(program, simple);
    }

    @Test
    void aScanIsReadAsItIsPrinted() {
        String text = Printer.print(recurrence(ProgramRole.GRADIENT));
        assertThat(Printer.print(Reader.read(text))).isEqualTo(text);
    }

    /** With a product for what is carried in each turn, one there and one back. All others are of all turns. */
    @ParameterizedTest
    @ValueSource(strings = {"rnn", "lstm", "gru"})
    void oneProductForAllTurns(String layer) {
        Program program = Pipeline.optimize(OutOfLoops.move(
                series(8, layer).units().getFirst().trainings().getFirst().program(ProgramRole.GRADIENT)));
        assertThat(bodies(program))
                .hasSize(2)
                .allSatisfy(body -> assertThat(count(body, ScanTest::isProduct))
                        .as(Printer.print(body))
                        .isEqualTo(1));
        // The inputs', the gradients of both weights, and three of `dense`.
        assertThat(count(program, ScanTest::isProduct))
                .as(Printer.print(program))
                .isEqualTo(6);
        assertThat(bodies(program))
                .noneSatisfy(body ->
                        assertThat(count(body, op -> op instanceof Op.Reduce)).isPositive());
    }

    /** What repeats is written once, however often it does. */
    @Test
    void javaDoesNotGrowWithTheTurns() {
        // A kernel that is shared among threads takes some lines more.
        assertThat(lines(series(1024, "lstm"))).isCloseTo(lines(series(8, "lstm")), within(10L));
    }

    /** Java, one feature after the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "z = scan s in x along 1 with h = zeros(batch, 5) { h = 0.5 * h + dropout(s, 0.3)  emit h }",
                "z = scan s in x along 1 backwards with h = zeros(batch, 5) { h = h + dropout(s, 0.3)  emit h }",
                "z = scan s in x along 1 with h = zeros(batch, 5), n = 0 { h = h - s  n = n + 1  emit h + 0.1 * n }",
                "z = scan s in x along 1 with h = zeros(batch, 5), n = 0 { n = n + mean(s) h = h + n * s  emit h }",
                "z = reverse(scan s in x along 1 with h = x[.., 0, ..] { h = h * s  emit h }, along = 1)",
                "z = scan s in x, t in x along 1 with h = ones(batch, 5) { h = 0.1 * h + s emit h * dense(t, 5) }",
                "z = (scan s in x along 1 with h = ones(batch, 5) { h = maximum(h, s) }).h z = reshape(z, batch, 1, 5)",
                "z = scan s in x along 1 with h = zeros(batch, 5) { k = h  for i in 1 .. 3 { k = tanh(dense(k, 5)) }  "
                        + "h = s + k  emit h }",
                "z = scan s in x along 1 with h = zeros(batch, 5) { h = s + 0.1 * h + mean(scan t in x along 1 "
                        + "with k = h { k = sin(t + k)  emit k }, over = 1)  emit h }",
                "z = scan s in x along 1 with h = zeros(batch, 5) { h = s + 0.1 * h @ ones(5, 5) + mean(scan t in x "
                        + "along 1 with k = h { k = sin(dense(t, 5) + dense(k, 5))  emit k }, over = 1)  emit h }",
                "z = w |> lstm(units = 6)",
                "a = w |> lstm(units = 6) |> dropout(0.1) for i in 1 .. 3 { a = a + gru(a, units = 6) } z = a",
                "z = bidirectional(w, cell = rnn(units = 4))",
                "z = bidirectional(w, cell = lstm(units = 4)) |> rnn(units = 2)",
                "p, q = scan s in x, t in x along 1 with h = zeros(batch, 5), total = 0 { "
                        + "for i in 1 .. 2 { h = 0.5 * h + s * t } total = total + mean(t) "
                        + "emit h * total, sum(s, over = 1) } z = p",
                "p, q = scan s in x, t in x along -2 backwards with h = ones(batch, 5), n = 0 { h = 0.5 * h - s * t "
                        + "n = n + 1 emit s, h + 0.1 * n } z = p * q",
                "z = scan s in x along 1 backwards with h = zeros(batch, 6) { drive = s |> dense(6) |> dropout(0.2) "
                        + "h = 0.7 * h + 0.3 * tanh(drive + h @ ones(6, 6)) emit h }",
                "z = scan s in x along 1 with h = zeros(batch, 5) { inner = scan t in x along 1 with k = h { "
                        + "k = 0.5 * k + 0.1 * sin(dense(t, 5) + k) emit 0.1 * k * k } "
                        + "weight v : f32[5, 5] = orthogonal(0.3) h = tanh(dense(s, 5) + h @ v) + mean(inner, over = 1) emit h }",
                "f = scan s in x along 1 with h = zeros(batch, 5) { h = h - s emit h } z = concat((scan s in f along 1 "
                        + "with best = zeros(batch, 5) { best = maximum(best, s) }).best, f[.., -1, ..], w[.., 0, ..], along = 1) z = reshape(z, batch, 1, 15)"
            })
    void javaAgreesWithTheReferenceEvaluator(String layer) {
        Compilation compilation =
                compile("""
                package one
                model One {
                    input x : f32[batch, 4, 5]
                    w = dense(x, 5)
                    LAYER
                    output y = mean(dense(z, 3)) + mean(dense(z[.., 0, ..], 1)) * mean(z[.., -1, ..])
                }
                data Numbers { examples 64  random x : f32[batch, 4, 5] normal(0, 1) }
                train Fit { model One  data Numbers  loss y^2  optimizer sgd(lr = 0.1)  batch 6  epochs 1 }
                """.replace("LAYER", layer.replace("in x", "in w").replace("x[", "w[")));
        try (var run = GeneratedTraining.open(Specs.program(compilation, "Fit"), 6, 2)) {
            ReferenceSteps reference =
                    run.reference(compilation.units().getFirst().trainings().getFirst());
            for (int step = 0; step < 3; step++) {
                run.scalars().draw = step;
                run.scalars().update = step + 1L;
                // The last batch of an epoch is smaller.
                int rows = 6 - step;
                run.fill(rows, 10);
                double loss = run.gradient(rows);
                run.update();
                assertThat(loss).isCloseTo(reference.step(rows, run.scalars()), within(1e-4));
            }
            double[] expected = reference.parameters();
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) run.state().parameters()[i]).isCloseTo(expected[i], within(1e-4));
            }
        }
    }

    private static boolean isProduct(Op op) {
        return op instanceof Op.MatMul;
    }

    private static List<Program> bodies(Program program) {
        return program.instructions().stream()
                .map(Instruction::op)
                .filter(Op.Region.class::isInstance)
                .map(op -> ((Op.Region) op).body())
                .distinct()
                .toList();
    }

    private static long count(Program program, Predicate<Op> what) {
        return program.instructions().stream().map(Instruction::op).filter(what).count();
    }

    private static void assertEqual(Program expected, Program found) {
        Inputs inputs = RandomPrograms.inputs(expected, 3);
        Results ofExpected = ReferenceEvaluator.evaluate(expected, inputs);
        Results ofFound = ReferenceEvaluator.evaluate(found, inputs);
        assertThat(ofFound.outputs()).hasSameSizeAs(ofExpected.outputs());
        for (Results.Result result : ofExpected.outputs()) {
            double[] values = ofFound.output(result.sink(), result.name()).data();
            for (int i = 0; i < values.length; i++) {
                double one = result.value().data()[i];
                assertThat(values[i]).as(result.name()).isCloseTo(one, within(1e-12 * Math.max(1, Math.abs(one))));
            }
        }
    }

    private static Program recurrence(ProgramRole role) {
        return Specs.compile("recurrence.opt")
                .units()
                .getFirst()
                .trainings()
                .getFirst()
                .program(role);
    }

    private static Compilation series(int turns, String layer) {
        return compile(SERIES.replace("TURNS", Integer.toString(turns)).replace("LAYER", layer));
    }

    private static Compilation compile(String text) {
        Compilation compilation = Compiler.compile(List.of(SourceFile.of("series.opt", text)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        return compilation;
    }

    private static long lines(Compilation compilation) {
        return compilation.javaFiles().stream()
                .mapToLong(file -> file.text().lines().count())
                .sum();
    }
}
