package org.descentlang.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.Reader;
import org.descentlang.compiler.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results worked out by hand. `%a` is 1 2 3 / 4 5 6, `%v` is -1.5 0.5 2.5, `%i` is 2 0; the batch is 2. */
final class ReferenceEvaluatorTest {
    private static final String READS = """
            program "p"
            %a = read input "a" : f32[batch, 3]
            %v = read input "v" : f32[3]
            %i = read input "i" : i32[batch]
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%y = constant 2.5 : f32                                     | 2.5",
                "%y = extent size=[3 * batch^2]                              | 12",
                "%y = iota axis=0 : i32[2, 3]                                | 0 0 0 1 1 1",
                "%y = iota axis=1 : i32[2, 3]                                | 0 1 2 0 1 2",
                "%y = round %v                                               | -2 0 2",
                "%y = floor %v                                               | -2 0 2",
                "%y = ceil %v                                                | -1 1 3",
                "%y = sign %v                                                | -1 1 1",
                "%y = stop_gradient %v                                       | -1.5 0.5 2.5",
                "%y = cast %v : i32[3]                                       | -1 0 2",
                "%y = cast %i : bool[batch]                                  | 1 0",
                "%b = cast %i : bool[batch] ; %y = not %b                    | 0 1",
                "%b = cast %i : bool[batch] ; %n = not %b ; %y = and %b, %n  | 0 0",
                "%b = cast %i : bool[batch] ; %n = not %b ; %y = or %b, %n   | 1 1",
                "%y = power %v, %v                                           | NaN 0.7071067811865476 9.882117688026186",
                "%n = negate %v ; %t = constant 2 : f32 ; %m = broadcast axes=[] %t : f32[3] ; %y = remainder %v, %m | 0.5 0.5 0.5",
                "%t = constant -2 : f32 ; %m = broadcast axes=[] %t : f32[3] ; %y = remainder %v, %m | -1.5 -1.5 -1.5",
                "%y = divide %i, %i                                          | 1 0",
                "%y = remainder %i, %i                                       | 0 0",
                "%y = compare less_or_equal %i, %i                           | 1 1",
                "%n = negate %v ; %y = compare greater %v, %n                | 0 1 1",
                "%n = negate %v ; %b = compare less %v, %n ; %y = select %b, %n, %v | 1.5 0.5 2.5",
                "%y = broadcast axes=[1] %v : f32[2, 3]                      | -1.5 0.5 2.5 -1.5 0.5 2.5",
                "%y = broadcast axes=[0] %v : f32[3, 2]                      | -1.5 -1.5 0.5 0.5 2.5 2.5",
                "%y = reshape %a : f32[3 * batch]                            | 1 2 3 4 5 6",
                "%y = transpose axes=[1, 0] %a                               | 1 4 2 5 3 6",
                "%y = slice axis=1 start=1 length=2 %a                       | 2 3 5 6",
                "%y = pad axis=1 before=1 after=2 %a                         | 0 1 2 3 0 0 0 4 5 6 0 0",
                "%s = slice axis=1 start=0 length=1 %a ; %y = concat axis=1 %a, %s | 1 2 3 1 4 5 6 4",
                "%y = reduce sum axes=[0] %a                                 | 5 7 9",
                "%y = reduce sum axes=[1] %a                                 | 6 15",
                "%y = reduce product axes=[0, 1] %a                          | 720",
                "%y = reduce maximum axes=[1] %a                             | 3 6",
                "%y = reduce minimum axes=[0] %a                             | 1 2 3",
                "%y = argmax axis=0 %a                                       | 1 1 1",
                "%y = argmax axis=1 %a                                       | 2 2",
                "%z = subtract %v, %v ; %y = argmax axis=0 %z                | 0",
                "%y = matmul right %a, %a                                    | 14 32 32 77",
                "%y = matmul left %a, %a                                     | 17 22 27 22 29 36 27 36 45",
                "%t = transpose axes=[1, 0] %a ; %y = matmul left right %t, %a | 14 32 32 77",
                "%b = reshape %a : f32[batch, 1, 3] ; %y = matmul right %b, %b | 14 77",
                "%b = reshape %a : f32[batch, 1, 3] ; %w = reshape %v : f32[3, 1] ; %y = matmul %b, %w | 7 11.5",
                "%y = gather %v, %i                                          | 2.5 -1.5",
                "%y = scatter_add rows=4 %i, %a                              | 4 5 6 0 0 0 1 2 3 0 0 0"
            })
    void workedOutByHand(String lines, String expected) {
        double[] wanted = Arrays.stream(expected.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(y(lines).data()).containsExactly(wanted, within(1e-14));
    }

    @ParameterizedTest
    @CsvSource({
        "negate, -0.3",
        "abs, 0.3",
        "exp, 1.3498588075760032",
        "expm1, 0.3498588075760032",
        "log, -1.2039728043259361",
        "log1p, 0.26236426446749106",
        "sqrt, 0.5477225575051661",
        "sin, 0.29552020666133955",
        "cos, 0.955336489125606",
        "tanh, 0.2913126124515909",
        "sigmoid, 0.574442516811659",
        "erf, 0.3286267594591274"
    })
    void functionsOfThreeTenths(String function, double expected) {
        assertThat(y("%x = constant 0.3 : f32\n%y = " + function + " %x").single())
                .isCloseTo(expected, within(1e-15));
    }

    /** As docs/design/0001 says: element i is word i mod 4 of block i / 4. */
    @Test
    void randomNumbersComeFromTheirPlace() {
        TensorValue uniform = y("%y = random uniform place=9 : f32[batch, 3]");
        TensorValue normal = y("%y = random normal place=9 : f32[batch, 3]");
        int[] first = Philox.block(0, 9, 5, 1, 7, 2);
        int[] second = Philox.block(1, 9, 5, 1, 7, 2);
        assertThat(uniform.data()[3]).isEqualTo((first[3] >>> 8) * 0x1p-24);
        assertThat(uniform.data()[4]).isEqualTo((second[0] >>> 8) * 0x1p-24);
        double radius = Math.sqrt(-2 * Math.log(1 - Philox.uniform(second[0])));
        assertThat(normal.data()[5]).isEqualTo(radius * Math.sin(2 * Math.PI * Philox.uniform(second[1])));
    }

    @Test
    void whatDoesNotFitIsSaid() {
        Program program = program("%y = gather %v, %i");
        assertThatThrownBy(() -> ReferenceEvaluator.evaluate(program, new Inputs(2, 0, 0)))
                .hasMessage("no value for input a");
        Inputs wrong = inputs().bind(Storage.INPUT, "v", TensorValue.of(new int[] {2}, 1, 2));
        assertThatThrownBy(() -> ReferenceEvaluator.evaluate(program, wrong))
                .hasMessage("input v must be f32[3], for a batch of 2, not f32[2]");
    }

    @Test
    void aRowThatIsNotThereIsNaN() {
        Inputs outside = inputs().bind(Storage.INPUT, "i", index(3, -1));
        assertThat(ReferenceEvaluator.evaluate(program("%y = gather %v, %i"), outside)
                        .output(Sink.RESULT, "y")
                        .data())
                .containsExactly(Double.NaN, Double.NaN);
        assertThat(ReferenceEvaluator.evaluate(program("%y = scatter_add rows=3 %i, %a"), outside)
                        .output(Sink.RESULT, "y")
                        .data())
                .containsOnly(0);
    }

    private static TensorValue y(String lines) {
        return ReferenceEvaluator.evaluate(program(lines), inputs()).output(Sink.RESULT, "y");
    }

    private static Program program(String lines) {
        return Reader.read(READS + lines.replace(" ; ", "\n") + "\noutput result \"y\" = %y\n");
    }

    private static Inputs inputs() {
        return new Inputs(2, 7 + (2L << 32), 5 + (1L << 32))
                .bind(Storage.INPUT, "a", TensorValue.of(new int[] {2, 3}, 1, 2, 3, 4, 5, 6))
                .bind(Storage.INPUT, "v", TensorValue.of(new int[] {3}, -1.5, 0.5, 2.5))
                .bind(Storage.INPUT, "i", index(2, 0));
    }

    private static TensorValue index(double... positions) {
        return new TensorValue(ElementType.I32, new int[] {positions.length}, positions);
    }
}
