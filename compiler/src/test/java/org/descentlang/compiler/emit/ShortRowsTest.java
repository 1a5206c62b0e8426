package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.pass.Pipeline;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels with rows of a few columns side by side give the bits of plain loops, whatever is left over. */
final class ShortRowsTest {
    private static final List<Integer> BATCHES = List.of(1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 65, 100, 257);
    private static final int PROGRAMS = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void givesTheBitsOfPlainLoops(int columns) {
        long ofSeveralPasses = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Program program = program(seed * 31 + columns, columns);
            var runnable = new RunnableProgram(program, 257);
            ofSeveralPasses += kernelsOfSeveralPasses(runnable);
            var inputs = BATCHES.stream()
                    .map(rows -> RandomPrograms.inputs(program, rows))
                    .toList();
            var outputs = runnable.outputs(inputs);
            outputs.forEach((form, found) ->
                    assertThat(found).as("%s, %s", form, program).isEqualTo(outputs.get(RunnableProgram.PLAIN)));
        }
        // One column is a reduction of nothing.
        assertThat(ofSeveralPasses).isGreaterThanOrEqualTo(columns == 1 ? 0 : PROGRAMS / 2);
    }

    /** That have rows side by side. */
    private static long kernelsOfSeveralPasses(RunnableProgram program) {
        return program.sources().stream()
                .filter(file -> file.path().contains("512"))
                .flatMap(file -> List.of(file.text().split("@Override")).stream())
                .filter(method -> method.contains("super.") && method.split("i1 = 0", -1).length > 2)
                .count();
    }

    /** Element-wise operations, and reductions of rows that are spread over the row again. */
    private static Program program(long seed, int columns) {
        var random = new SplittableRandom(seed);
        var builder = new ProgramBuilder("rows" + seed);
        var matrix = Shape.of(Dim.BATCH, Dim.of(columns));
        var values = new ArrayList<Integer>();
        for (Shape shape : List.of(matrix, matrix, Shape.of(Dim.BATCH), Shape.of(Dim.of(columns)))) {
            Storage storage = shape.isFixed() ? Storage.PARAMETER : Storage.INPUT;
            int read = builder.add(new Op.Read(storage, storage.keyword() + values.size(), TensorType.f32(shape)));
            List<Integer> axes = shape.rank() == 2 ? List.of(0, 1) : List.of(shape.isFixed() ? 1 : 0);
            values.add(shape.rank() == 2 ? read : builder.add(new Op.Broadcast(matrix, axes), read));
        }
        for (int step = 0; step < 12; step++) {
            int x = values.get(random.nextInt(values.size()));
            int y = values.get(random.nextInt(values.size()));
            values.add(builder.add(new Op.Unary(UnaryKind.TANH), step(random, builder, matrix, x, y)));
        }
        builder.output(Sink.RESULT, "last", values.getLast());
        builder.output(Sink.RESULT, "before", values.get(values.size() - 2));
        builder.output(
                Sink.RESULT,
                "row",
                builder.add(new Op.Reduce(Reduction.SUM, List.of(1)), values.get(values.size() - 3)));
        return Pipeline.optimize(builder.build());
    }

    private static int step(SplittableRandom random, ProgramBuilder builder, Shape matrix, int x, int y) {
        return switch (random.nextInt(6)) {
            case 0 -> builder.add(new Op.Binary(oneOf(random, BinaryKind.ADD, BinaryKind.MULTIPLY)), x, y);
            case 1 -> {
                var kind = oneOf(random, UnaryKind.EXP, UnaryKind.LOG, UnaryKind.SIGMOID, UnaryKind.ERF, UnaryKind.SIN);
                yield builder.add(new Op.Unary(kind), builder.add(new Op.Unary(UnaryKind.ABS), x));
            }
            case 2 -> {
                int condition = builder.add(new Op.Compare(oneOf(random, Comparison.values())), x, y);
                yield builder.add(new Op.Select(), condition, y, builder.add(new Op.Unary(UnaryKind.NEGATE), x));
            }
            case 3 -> {
                int largest = builder.add(new Op.ArgMax(1), x);
                int position = builder.add(new Op.Iota(matrix, 1));
                int here = builder.add(new Op.Compare(Comparison.EQUAL), position, spread(builder, matrix, largest));
                yield builder.add(
                        new Op.Binary(BinaryKind.SUBTRACT), y, builder.add(new Op.Cast(ElementType.F32), here));
            }
            default -> {
                int row = builder.add(new Op.Reduce(oneOf(random, Reduction.values()), List.of(1)), x);
                yield builder.add(new Op.Binary(BinaryKind.DIVIDE), spread(builder, matrix, row), y);
            }
        };
    }

    private static int spread(ProgramBuilder builder, Shape matrix, int row) {
        return builder.add(new Op.Broadcast(matrix, List.of(0)), row);
    }

    @SafeVarargs
    private static <T> T oneOf(SplittableRandom random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
