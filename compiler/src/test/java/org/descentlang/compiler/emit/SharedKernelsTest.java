package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers of one size are one text, called with the places of each. */
final class SharedKernelsTest {
    private static final int ROWS = 65;
    private static final int LAYERS = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 16, 33, 65})
    void equalLayersGiveWhatTheyShould(int width) {
        Program program = layers(List.of(width, width, width));
        var runnable = new RunnableProgram(program, ROWS);
        for (int rows : List.of(1, 17, ROWS)) {
            runnable.compare(RandomPrograms.inputs(program, rows), 1e-4);
        }
        var outputs = runnable.outputs(List.of(RandomPrograms.inputs(program, ROWS)));
        outputs.forEach((form, found) -> assertThat(found).as(form).isEqualTo(outputs.get(RunnableProgram.PLAIN)));
    }

    @Test
    void equalLayersShareMethods() {
        String kernels = kernels(layers(List.of(7, 7, 7)));
        // Activations, penalties, products; the first product reads what is no layer's, the last activation is a
        // result.
        assertThat(kernels)
                .contains("* For run3, run6,", "* For run4, run7, run10,", "* For run5, run8,")
                .doesNotContain(" run6(", " run7(", " run8(", " run10(")
                .doesNotContain("layer0Rate", "layer1Rate");
    }

    @Test
    void layersOfDifferentSizesShareNothing() {
        String kernels = kernels(layers(List.of(7, 8, 9)));
        assertThat(kernels).contains("layer0Rate", "layer1Rate").doesNotContain("* For ", "workAt", "parametersAt");
    }

    private static String kernels(Program program) {
        return new RunnableProgram(program, ROWS)
                .sources().stream()
                        .filter(file -> file.path().endsWith("StepKernels.java"))
                        .findFirst()
                        .orElseThrow()
                        .text();
    }

    /** Of these widths, each with a rate of its own; the sum of the squares of its weights is a result. */
    private static Program layers(List<Integer> widths) {
        var builder = new ProgramBuilder("layers");
        int before = widths.getFirst();
        int x = read(builder, Storage.INPUT, "x", Shape.of(Dim.BATCH, Dim.of(before)));
        for (int layer = 0; layer < LAYERS; layer++) {
            int width = widths.get(layer);
            String name = "layer" + layer;
            int w = read(builder, Storage.PARAMETER, name + ".w", Shape.of(before, width));
            int b = read(builder, Storage.PARAMETER, name + ".b", Shape.of(width));
            int rate = read(builder, Storage.SCALAR, name + ".rate", Shape.SCALAR);
            int product = builder.add(new Op.MatMul(false, false), x, w);
            Shape shape = builder.type(product).shape();
            int biased = builder.add(
                    new Op.Binary(BinaryKind.ADD), product, builder.add(new Op.Broadcast(shape, List.of(1)), b));
            int scaled = builder.add(
                    new Op.Binary(BinaryKind.MULTIPLY), biased, builder.add(new Op.Broadcast(shape, List.of()), rate));
            x = builder.add(new Op.Unary(UnaryKind.TANH), scaled);
            int square = builder.add(new Op.Binary(BinaryKind.MULTIPLY), w, w);
            int penalty = builder.add(new Op.Reduce(Reduction.SUM, List.of(0, 1)), square);
            builder.output(Sink.RESULT, name + ".penalty", penalty);
            before = width;
        }
        builder.output(Sink.RESULT, "last", x);
        return builder.build();
    }

    private static int read(ProgramBuilder builder, Storage storage, String name, Shape shape) {
        return builder.add(new Op.Read(storage, name, TensorType.f32(shape)));
    }
}
