package org.descentlang.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.autodiff.Gradient;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Printer;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.ir.Reader;
import org.descentlang.compiler.ir.Verifier;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.api.Test;

final class PipelineTest {
    private static final List<Dim> SIZES = List.of(Dim.of(1), Dim.of(2), Dim.of(3), Dim.of(5), Dim.BATCH);

    @Test
    void everyPassKeepsTheMeaningOfRandomPrograms() {
        for (long seed = 0; seed < 500; seed++) {
            Program program = RandomPrograms.any(seed, 20, SIZES);
            Program derived = Gradient.of(program, parameters(program));
            Inputs inputs = RandomPrograms.inputs(derived, 3);
            Results expected = ReferenceEvaluator.evaluate(derived, inputs);
            var steps = new ArrayList<Program>();
            Program optimized = Pipeline.optimize(derived, (_, result, _) -> steps.add(result));
            assertThat(steps).last().isEqualTo(optimized);
            for (Program step : steps) {
                Verifier.verify(step);
            }
            assertSameResults(expected, optimized, inputs);
        }
    }

    @Test
    void everyRuleKeepsTheMeaningOfRandomPrograms() {
        for (long seed = 1000; seed < 1060; seed++) {
            Program program = RandomPrograms.any(seed, 20, SIZES);
            Inputs inputs = RandomPrograms.inputs(program, 2);
            Results expected = ReferenceEvaluator.evaluate(program, inputs);
            for (Rule rule : Pipeline.rules()) {
                Program rewritten = Rewriter.rewrite(program, List.of(rule));
                Verifier.verify(rewritten);
                assertSameResults(expected, rewritten, inputs);
            }
        }
    }

    @Test
    void optimizingTwiceChangesNothing() {
        for (long seed = 0; seed < 100; seed++) {
            Program program = RandomPrograms.any(seed, 20, SIZES);
            Program once = Pipeline.optimize(Gradient.of(program, parameters(program)));
            assertThat(Printer.print(Pipeline.optimize(once))).isEqualTo(Printer.print(once));
        }
    }

    @Test
    void aDenseLayersGradientIsWhatOneWouldWrite() {
        Program program = Reader.read("""
                program "dense"
                %x = read input "x" : f32[batch, 4]
                %target = read input "target" : f32[batch, 3]
                %w = read parameter "w" : f32[4, 3]
                %b = read parameter "b" : f32[3]
                %product = matmul %x, %w
                %bias = broadcast axes=[1] %b : f32[batch, 3]
                %y = add %product, %bias
                %error = subtract %y, %target
                %two = constant 2 : f32
                %exponent = broadcast axes=[] %two : f32[batch, 3]
                %square = power %error, %exponent
                %sum = reduce sum axes=[0, 1] %square
                %count = extent size=[3 * batch]
                %loss = divide %sum, %count
                output result "loss" = %loss
                """);
        assertThat(Printer.print(Pipeline.optimize(Gradient.of(program, List.of("w", "b")))))
                .isEqualTo("""
                        program "dense"
                        %0 = read input "x" : f32[batch, 4]
                        %1 = read input "target" : f32[batch, 3]
                        %2 = read parameter "w" : f32[4, 3]
                        %3 = read parameter "b" : f32[3]
                        %4 = matmul %0, %2 : f32[batch, 3]
                        %5 = broadcast axes=[1] %3 : f32[batch, 3]
                        %6 = add %4, %5 : f32[batch, 3]
                        %7 = subtract %6, %1 : f32[batch, 3]
                        %8 = constant 2.0 : f32
                        %9 = multiply %7, %7 : f32[batch, 3]
                        %10 = reduce sum axes=[0, 1] %9 : f32
                        %11 = extent size=[3 * batch] : f32
                        %12 = divide %10, %11 : f32
                        %13 = constant 1.0 : f32
                        %14 = divide %13, %11 : f32
                        %15 = multiply %14, %8 : f32
                        %16 = broadcast axes=[] %15 : f32[batch, 3]
                        %17 = multiply %16, %7 : f32[batch, 3]
                        %18 = reduce sum axes=[0] %17 : f32[3]
                        %19 = matmul left %0, %17 : f32[4, 3]
                        output result "loss" = %12
                        output gradient "w" = %19
                        output gradient "b" = %18
                        """);
    }

    /** Five hundred layers and their gradients: time linear in the size, and the same text each time. */
    @Test
    void aDeepModelIsOptimizedQuickly() {
        Program program = deep(500);
        Program derived = Gradient.of(program, parameters(program));
        long start = System.nanoTime();
        Program optimized = Pipeline.optimize(derived);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        assertThat(derived.size()).isGreaterThan(9000);
        assertThat(optimized.size()).isLessThan(derived.size());
        assertThat(Printer.print(Pipeline.optimize(derived))).isEqualTo(Printer.print(optimized));
    }

    private static Program deep(int layers) {
        var builder = new ProgramBuilder("deep");
        Shape shape = Shape.of(Dim.BATCH, Dim.of(8));
        int x = builder.add(new Op.Read(Op.Storage.INPUT, "x", TensorType.f32(shape)));
        for (int layer = 0; layer < layers; layer++) {
            int w = builder.add(new Op.Read(Op.Storage.PARAMETER, "w" + layer, TensorType.f32(Shape.of(8, 8))));
            int b = builder.add(new Op.Read(Op.Storage.PARAMETER, "b" + layer, TensorType.f32(Shape.of(8))));
            int product = builder.add(new Op.MatMul(false, false), x, w);
            int bias = builder.add(new Op.Broadcast(shape, List.of(1)), b);
            int sum = builder.add(new Op.Binary(Op.BinaryKind.ADD), product, bias);
            int keep = builder.add(new Op.Random(Op.Distribution.UNIFORM, layer, shape));
            int dropped = builder.add(new Op.Binary(Op.BinaryKind.MULTIPLY), sum, keep);
            x = builder.add(new Op.Binary(Op.BinaryKind.ADD), x, builder.add(new Op.Unary(Op.UnaryKind.TANH), dropped));
        }
        builder.output(Sink.RESULT, "loss", builder.add(new Op.Reduce(Op.Reduction.SUM, List.of(0, 1)), x));
        return builder.build();
    }

    private static List<String> parameters(Program program) {
        return program.instructions().stream()
                .map(Instruction::op)
                .filter(op -> op instanceof Op.Read read && read.storage() == Op.Storage.PARAMETER)
                .map(op -> ((Op.Read) op).name())
                .distinct()
                .toList();
    }

    /** Equal but for the rounding of the last places, which a long sum of large terms may show. */
    private static void assertSameResults(Results expected, Program program, Inputs inputs) {
        Results results = ReferenceEvaluator.evaluate(program, inputs);
        assertThat(program.outputs()).hasSameSizeAs(expected.program().outputs());
        for (Output output : program.outputs()) {
            TensorValue wanted = expected.output(output.sink(), output.name());
            TensorValue found = results.output(output.sink(), output.name());
            for (int i = 0; i < wanted.count(); i++) {
                double error = Math.abs(wanted.data()[i] - found.data()[i]);
                assertThat(error)
                        .as("%s %s", program.name(), output)
                        .isLessThan(1e-9 * (1 + Math.abs(wanted.data()[i])));
            }
        }
    }
}
