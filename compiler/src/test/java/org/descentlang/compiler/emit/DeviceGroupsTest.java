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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reductions by groups of threads that share memory, as threads of Java, against the reference evaluator. */
final class DeviceGroupsTest {
    private static final int CAPACITY = 70;

    /** As many rows as a batch has, fewer, and one. */
    @ParameterizedTest
    @ValueSource(ints = {256, 257, 300, 1000})
    void agree(int columns) {
        Program program = program(columns);
        var runnable = RunnableKernels.inGroups(program, CAPACITY);
        assertThat(runnable.sources().getFirst().text())
                .as("to one number, over columns, over rows")
                .contains("256 * group + thread", "8 * context.groupIdx", "i0 = context.groupIdx");
        for (int rows : List.of(CAPACITY, 63, 1)) {
            runnable.compare(RandomPrograms.inputs(program, rows), 1e-4);
        }
    }

    /** A softmax, weighted, and what is left of it over its columns and over everything. */
    private static Program program(int columns) {
        var builder = new ProgramBuilder("groups");
        var matrix = Shape.of(Dim.BATCH, Dim.of(columns));
        int x = builder.add(new Op.Read(Storage.INPUT, "x", TensorType.f32(matrix)));
        int weights = builder.add(new Op.Read(Storage.PARAMETER, "w", TensorType.f32(Shape.of(Dim.of(columns)))));
        int above = builder.add(new Op.Binary(BinaryKind.SUBTRACT), x, overRows(builder, matrix, Reduction.MAXIMUM, x));
        int exponential = builder.add(new Op.Unary(UnaryKind.EXP), above);
        int sum = overRows(builder, matrix, Reduction.SUM, exponential);
        int softmax = builder.add(new Op.Binary(BinaryKind.DIVIDE), exponential, sum);
        int spread = builder.add(new Op.Broadcast(matrix, List.of(1)), weights);
        int weighted = builder.add(new Op.Binary(BinaryKind.MULTIPLY), softmax, spread);
        builder.output(Sink.RESULT, "weighted", weighted);
        builder.output(Sink.RESULT, "columns", builder.add(new Op.Reduce(Reduction.SUM, List.of(0)), weighted));
        for (Reduction reduction : List.of(Reduction.SUM, Reduction.MINIMUM)) {
            int all = builder.add(new Op.Reduce(reduction, List.of(0, 1)), weighted);
            builder.output(Sink.RESULT, reduction.name(), all);
        }
        return builder.build();
    }

    private static int overRows(ProgramBuilder builder, Shape matrix, Reduction reduction, int x) {
        int row = builder.add(new Op.Reduce(reduction, List.of(1)), x);
        return builder.add(new Op.Broadcast(matrix, List.of(0)), row);
    }
}
