package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Products that are written out, with any number of columns, rows left over from tiles, and either operand transposed.
 */
final class SmallProductTest {
    private static final List<Integer> BATCHES = List.of(1, 2, 3, 7, 15, 16);
    private static final int INNER = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 16, 17, 31})
    void allFormsGiveTheSameBits(int columns) {
        Program program = program(columns);
        var runnable = new RunnableProgram(program, 16);
        assertThat(runnable.plan().kernels()).hasSize(4).allMatch(SmallProductTest::isWrittenOut);
        var inputs = BATCHES.stream()
                .map(rows -> RandomPrograms.inputs(program, rows))
                .toList();
        inputs.forEach(values -> runnable.compare(values, 1e-5));
        var outputs = runnable.outputs(inputs);
        outputs.forEach((form, found) -> assertThat(found).as(form).isEqualTo(outputs.get(RunnableProgram.PLAIN)));
    }

    private static boolean isWrittenOut(Kernel kernel) {
        return kernel instanceof Kernel.Library library && library.isSmallProduct();
    }

    private static Program program(int columns) {
        var builder = new ProgramBuilder("products");
        int rows = read(builder, "rows", Dim.BATCH, Dim.of(INNER));
        int beside = read(builder, "beside", Dim.BATCH, Dim.of(16));
        int gradient = read(builder, "gradient", Dim.BATCH, Dim.of(columns));
        int weights = read(builder, "weights", Dim.of(INNER), Dim.of(columns));
        int turned = read(builder, "turned", Dim.of(columns), Dim.of(INNER));
        output(builder, new Op.MatMul(false, false), rows, weights);
        output(builder, new Op.MatMul(false, true), rows, turned);
        output(builder, new Op.MatMul(true, false), rows, gradient);
        output(builder, new Op.MatMul(true, false), beside, gradient);
        return builder.build();
    }

    private static int read(ProgramBuilder builder, String name, Dim rows, Dim columns) {
        Storage storage = rows.isFixed() ? Storage.PARAMETER : Storage.INPUT;
        return builder.add(new Op.Read(storage, name, TensorType.f32(Shape.of(rows, columns))));
    }

    private static void output(ProgramBuilder builder, Op product, int left, int right) {
        builder.output(Sink.RESULT, "product" + builder.size(), builder.add(product, left, right));
    }
}
