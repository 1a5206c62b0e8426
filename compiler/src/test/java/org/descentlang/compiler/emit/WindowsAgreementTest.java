package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.descentlang.compiler.autodiff.Gradient;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.ir.RandomWindows;
import org.descentlang.compiler.ir.Windows;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows, and all derivatives, at random sizes: generated Java and kernels for devices against the evaluator. */
final class WindowsAgreementTest {
    private static final int ROWS = 3;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void filters(int seed) {
        RandomWindows random = RandomWindows.of(1000 + seed);
        var builder = new ProgramBuilder("filters" + seed);
        int x = builder.add(new Op.Read(Storage.PARAMETER, "x", fixed(random.x())));
        int w = builder.add(new Op.Read(Storage.PARAMETER, "w", random.w()));
        agree(builder, builder.add(random.op(Op.Part.VALUE), x, w), List.of("x", "w"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void largestElements(int seed) {
        Windows windows = RandomWindows.ofElements(seed);
        Dim channels = Dim.of(seed % 2 == 0 ? 3 : 19);
        long inputs = windows.axes().stream().mapToLong(Windows.Along::input).reduce(1, (a, b) -> a * b);
        long positions =
                windows.axes().stream().mapToLong(Windows.Along::positions).reduce(1, (a, b) -> a * b);
        var shape = new ArrayList<>(List.of(Dim.of(ROWS)));
        windows.axes().forEach(axis -> shape.add(Dim.of(axis.input())));
        shape.add(channels);
        var builder = new ProgramBuilder("largest" + seed);
        int x = builder.add(new Op.Read(Storage.PARAMETER, "x", TensorType.f32(new Shape(shape))));
        int largest = builder.add(new Op.WindowArgMax(windows), x);
        int flat = builder.add(new Op.Reshape(Shape.of(Dim.of(ROWS), Dim.of(inputs), channels)), x);
        int position = builder.add(new Op.Reshape(Shape.of(Dim.of(ROWS), Dim.of(positions), channels)), largest);
        agree(builder, builder.add(new Op.Pick(), flat, position), List.of("x"));
    }

    private static TensorType fixed(TensorType type) {
        return type.as(type.shape().with(0, Dim.of(ROWS)));
    }

    private static void agree(ProgramBuilder builder, int result, List<String> parameters) {
        int smooth = builder.add(new Op.Unary(UnaryKind.TANH), result);
        int square = builder.add(new Op.Binary(BinaryKind.MULTIPLY), smooth, smooth);
        var axes =
                IntStream.range(0, builder.type(square).shape().rank()).boxed().toList();
        builder.output(Sink.RESULT, "value", smooth);
        builder.output(Sink.RESULT, "loss", builder.add(new Op.Reduce(Reduction.SUM, axes), square));
        Program program = Gradient.of(builder.build(), parameters);
        var inputs = RandomPrograms.inputs(program, ROWS);
        var java = new RunnableProgram(program, ROWS);
        java.compare(inputs, 1e-4);
        var outputs = java.outputs(List.of(inputs));
        outputs.forEach((form, found) -> assertThat(found).as(form).isEqualTo(outputs.get(RunnableProgram.PLAIN)));
        RunnableKernels.of(program, ROWS, Capacity.of(ROWS), true).compare(inputs, 1e-4);
    }
}
