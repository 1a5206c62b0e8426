package org.descentlang.compiler.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Printer;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.ir.Reader;
import org.descentlang.compiler.ir.Verifier;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.Dim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GradientTest {
    private static final List<Dim> SIZES = List.of(Dim.of(1), Dim.of(2), Dim.of(3), Dim.BATCH);

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 5})
    void randomProgramsEqualDifferences(long batch) {
        for (long seed = 0; seed < 40; seed++) {
            Program program = RandomPrograms.smooth(100 * batch + seed, 15, SIZES);
            Verifier.verify(Gradient.of(program, FiniteDifferences.parameters(program)));
            FiniteDifferences.check(program, RandomPrograms.inputs(program, batch), 1e-6);
        }
    }

    @Test
    void isLean() {
        Program program = Reader.read("""
                program "square"
                %x = read parameter "x" : f32[3]
                %y = multiply %x, %x
                %sum = reduce sum axes=[0] %y
                %loss = negate %sum
                output result "loss" = %loss
                """);
        assertThat(Printer.print(Gradient.of(program, List.of("x"))).lines().skip(5))
                .containsExactly(
                        "%4 = constant 1.0 : f32",
                        "%5 = negate %4 : f32",
                        "%6 = broadcast axes=[] %5 : f32[3]",
                        "%7 = constant 2.0 : f32",
                        "%8 = multiply %5, %7 : f32",
                        "%9 = broadcast axes=[] %8 : f32[3]",
                        "%10 = multiply %9, %0 : f32[3]",
                        "output result \"loss\" = %3",
                        "output gradient \"x\" = %10");
    }

    /** What {@link ElementWiseGradient} and {@link ReducingGradient} say about kinks and ties. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%y = abs %x                                                     ; 0, -1, 1   ; 0, -1, 1",
                "%y = maximum %x, %zeros                                         ; 0, -1, 1   ; 0.5, 0, 1",
                "%y = maximum %zeros, %x                                         ; 0, -1, 1   ; 0.5, 0, 1",
                "%y = minimum %x, %zeros                                         ; 0, -1, 1   ; 0.5, 1, 0",
                "%y = maximum %x, %ones                                          ; 1, 2, 0    ; 0.5, 1, 0",
                "%y = minimum %x, %ones                                          ; 1, 2, 0    ; 0.5, 0, 1",
                "%y = maximum %x, %x                                             ; 1, 2, 0    ; 1, 1, 1",
                "%m = reduce maximum axes=[0] %x %n %y = broadcast axes=[] %m : f32[3]   ; 2, 1, 2   ; 1.5, 0, 1.5",
                "%m = reduce minimum axes=[0] %x %n %y = broadcast axes=[] %m : f32[3]   ; 2, 1, 1   ; 0, 1.5, 1.5",
                "%m = reduce product axes=[0] %x %n %y = broadcast axes=[] %m : f32[3]   ; 2, 0, 4   ; 0, 24, 0",
                "%m = reduce product axes=[0] %x %n %y = broadcast axes=[] %m : f32[3]   ; 2, 0, 0   ; 0, 0, 0",
                "%y = power %x, %zeros                                           ; 0, -1, 1   ; 0, 0, 0",
                "%y = power %ones, %x                                            ; 0, -1, 1   ; 0, 0, 0",
                "%y = sqrt %x                                                    ; 0, 4, 1    ; 0, 0.25, 0.5",
                "%y = remainder %ones, %x                                        ; 0.1, 2, 1  ; -9, 0, -1",
                "%c = compare greater %x, %zeros %n %r = sqrt %x %n %y = select %c, %r, %x   ; -1, 0, 4  ; 1, 1, 0.25",
                "%c = compare greater %x, %zeros %n %l = log %x %n %p = multiply %x, %l %n %y = select %c, %p, %zeros"
                        + "                                                              ; -1, 0, 1   ; 0, 0, 1",
                "%c = compare less %x, %ones %n %e = exp %x %n %y = select %c, %e, %x    ; 1e4, 0, 1  ; 1, 1, 1",
                "%y = stop_gradient %x                                           ; 0, -1, 1   ; 0, 0, 0",
                "%y = floor %x                                                   ; 0, -1, 1   ; 0, 0, 0"
            })
    void conventionsAtKinks(String line, String at, String expected) {
        Program program = Reader.read("""
                program "kink"
                %%x = read parameter "x" : f32[3]
                %%ones = read input "ones" : f32[3]
                %%zero = constant 0 : f32
                %%zeros = broadcast axes=[] %%zero : f32[3]
                %s
                %%loss = reduce sum axes=[0] %%y
                output result "loss" = %%loss
                """.formatted(line.replace(" %n ", "\n")));
        var inputs = new Inputs(1, 0, 0)
                .bind(Storage.PARAMETER, "x", vector(at))
                .bind(Storage.INPUT, "ones", vector("1, 1, 1"));
        TensorValue gradient = ReferenceEvaluator.evaluate(Gradient.of(program, List.of("x")), inputs)
                .output(Sink.GRADIENT, "x");
        assertThat(gradient.data()).containsExactly(vector(expected).data(), within(1e-12));
    }

    private static TensorValue vector(String numbers) {
        String[] parts = numbers.split(", ");
        return TensorValue.of(
                new int[] {3},
                Arrays.stream(parts).mapToDouble(Double::parseDouble).toArray());
    }

    @Test
    void parametersWithoutInfluenceHaveZeros() {
        Program program = Reader.read("""
                program "p"
                %x = read parameter "x" : f32[2]
                %loss = constant 3 : f32
                output result "loss" = %loss
                """);
        var inputs = new Inputs(1, 0, 0).bind(Storage.PARAMETER, "x", TensorValue.of(new int[] {2}, 5, 6));
        assertThat(ReferenceEvaluator.evaluate(Gradient.of(program, List.of("x")), inputs)
                        .output(Sink.GRADIENT, "x")
                        .data())
                .containsExactly(0, 0);
        assertThatThrownBy(() -> Gradient.of(program, List.of("y"))).hasMessageContaining("does not read parameter y");
    }

    @Test
    void whatBlocksADerivativeIsKnown() {
        Program program = Reader.read("""
                program "accuracy"
                %scores = read parameter "scores" : f32[batch, 10]
                %digit = read input "digit" : i32[batch]
                %best = argmax axis=1 %scores
                %right = compare equal %best, %digit
                %one = cast %right : f32[batch]
                %sum = reduce sum axes=[0] %one
                %smooth = reduce sum axes=[0, 1] %scores
                """);
        Differentiability differentiability = Differentiability.of(program);
        assertThat(differentiability.isDifferentiable(5)).isFalse();
        assertThat(differentiability.obstacle(5)).hasValue(2);
        assertThat(differentiability.isIndependent(1)).isTrue();
        assertThat(differentiability.isDifferentiable(6)).isTrue();
        assertThat(differentiability.obstacle(6)).isEmpty();
    }
}
