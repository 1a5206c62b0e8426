package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Printer;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.ir.Reader;
import org.descentlang.compiler.ir.Verifier;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.pass.Repetition;
import org.descentlang.compiler.pass.Unrolling;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.description.ProgramRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repetition in the text is repetition in programs and in Java. */
final class RepeatedBlocksTest {
    private static final String DEEP = """
            package deep
            layer block(x : f32[.., n]) { return x + dense(relu(dense(x, units = 64)), units = n) }
            model Deep {
                input x : f32[batch, 8]
                h = dense(x, units = 32)
                for i in 1 .. %d { h = block(h) }
                output z = dense(h, units = 1)%s
            }
            data Numbers {
                examples 512
                random x : f32[batch, 8] uniform(-1, 1)
                random y : f32[batch, 1] uniform(0, 1)
            }
            train Fit {
                model Deep  data Numbers  loss mse(z, y)%s  optimizer adam(lr = 1e-3)  batch 64  epochs 3
            }
            """;

    /** Of what is derived of them too: the oracle runs loops turn by turn, and what they stand for all at once. */
    @ParameterizedTest
    @EnumSource(names = {"GRADIENT", "EVALUATION"})
    void aLoopIsWhatItStandsFor(ProgramRole role) {
        isWhatItStandsFor(Repetition.fold(blocks().program(role)));
    }

    /** A loop reads what another reads: one goes over the blocks, one over what is added to the loss for each. */
    @Test
    void twoLoopsShareParameters() {
        isWhatItStandsFor(deep(3, "", " + 1e-3 * l2(weights)"));
    }

    private static void isWhatItStandsFor(Program program) {
        Program flat = Unrolling.unroll(program);
        assertThat(loops(program)).isGreaterThan(1);
        assertThat(loops(flat)).isZero();
        Verifier.verify(program);
        Verifier.verify(flat);
        Inputs inputs = RandomPrograms.inputs(flat, 5);
        // Neither variances nor what is added to them are negative.
        flat.instructions().forEach(instruction -> {
            if (instruction.op() instanceof Op.Read read && read.storage() == Op.Storage.SCALAR) {
                inputs.bind(read.storage(), read.name(), TensorValue.scalar(0.25));
            } else if (instruction.op() instanceof Op.Read read && read.storage() == Op.Storage.RUNNING) {
                double[] values = new double[(int) read.type().shape().count(5)];
                Arrays.setAll(values, i -> 1 + 0.1 * i);
                inputs.bind(read.storage(), read.name(), TensorValue.of(new int[] {values.length}, values));
            }
        });
        Results expected = ReferenceEvaluator.evaluate(flat, inputs);
        Results found = ReferenceEvaluator.evaluate(program, inputs);
        assertThat(found.outputs()).hasSameSizeAs(expected.outputs()).hasSizeGreaterThan(2);
        for (Results.Result result : expected.outputs()) {
            double[] values = found.output(result.sink(), result.name()).data();
            for (int i = 0; i < values.length; i++) {
                double one = result.value().data()[i];
                assertThat(values[i]).as(result.name()).isCloseTo(one, within(1e-12 * Math.max(1, Math.abs(one))));
            }
        }
    }

    @Test
    void aLoopIsReadAsItIsPrinted() {
        String text = Printer.print(blocks().program(ProgramRole.GRADIENT));
        assertThat(Printer.print(Reader.read(text))).isEqualTo(text);
        assertThat(text)
                .contains(
                        "region \"h.block.{1-5}.h.dense.w\"",
                        "region \"h.block.{1-5}.h.dense.w_gradient\"",
                        "backwards");
    }

    /** Two turns are no loop; what is read elsewhere too, or is different in each turn, is none. */
    @Test
    void otherRepetitionStaysWrittenOut() {
        assertThat(loops(deep(2, "", ""))).isZero();
        assertThat(loops(deep(3, "", ""))).isPositive();
        assertThat(loops(deep(3, "", " + l2(weights)"))).isPositive();
        assertThat(loops(Repetition.fold(products("matmul %4, %1")))).isZero();
        assertThat(loops(Repetition.fold(products("matmul %4, %0")))).isPositive();
        assertThat(loops(training(compile(DEEP.formatted(3, "", "").replace("block(h) }", "relu(dense(h, 8 * i)) }")))
                        .program(ProgramRole.GRADIENT)))
                .isZero();
    }

    /** The Java of 50 blocks has at most 1.3 times the lines of 2 blocks. */
    @ParameterizedTest
    @ValueSource(ints = {12, 50})
    void javaHasABlockOnce(int blocks) {
        assertThat((double) lines(blocks) / lines(2)).isLessThan(1.3);
    }

    private static long lines(int blocks) {
        return compile(DEEP.formatted(blocks, "", "")).javaFiles().stream()
                .filter(file -> file.vectorBits() == 0)
                .mapToLong(file -> file.text().lines().count())
                .sum();
    }

    private static Program deep(int blocks, String model, String loss) {
        return training(compile(DEEP.formatted(blocks, model, loss))).program(ProgramRole.GRADIENT);
    }

    /** Three in a row, and a last instruction. */
    private static Program products(String last) {
        return Reader.read("""
                program "products"
                %0 = read input "x" : f32[4, 4]
                %1 = read parameter "b.1.w" : f32[4, 4]
                %2 = matmul %0, %1
                %3 = read parameter "b.2.w" : f32[4, 4]
                %4 = matmul %2, %3
                %5 = read parameter "b.3.w" : f32[4, 4]
                %6 = matmul %4, %5
                """ + "%7 = " + last + """

                output result "a" = %6
                output result "b" = %7
                """);
    }

    private static TrainingSpec blocks() {
        return training(Specs.compile("blocks.opt"));
    }

    private static TrainingSpec training(Compilation compilation) {
        return compilation.units().getFirst().trainings().getFirst();
    }

    private static Compilation compile(String text) {
        Compilation compilation = Compiler.compile(List.of(SourceFile.of("deep.opt", text)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        return compilation;
    }

    private static long loops(Program program) {
        return program.instructions().stream()
                .filter(instruction -> instruction.op() instanceof Op.Region)
                .count();
    }
}
