package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that reduce everything to one number and leave element-wise values on the way. */
final class FoldTest {
    private static final int ROWS = 65;
    private static final int PROGRAMS = 3;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 65, 100, 257})
    void vectorsOfAnyLengthGiveTheBitsOfPlainLoops(int columns) {
        long fused = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Program program = random(seed * 31 + columns, columns);
            var runnable = new RunnableProgram(program, ROWS);
            fused += folds(runnable.plan()).stream()
                    .filter(fold -> !fold.stored().isEmpty())
                    .count();
            var inputs = RandomPrograms.inputs(program, ROWS);
            runnable.compare(inputs, 1e-4);
            var outputs = runnable.outputs(List.of(inputs, RandomPrograms.inputs(program, 7)));
            outputs.forEach((form, found) ->
                    assertThat(found).as("%s, %s", form, program).isEqualTo(outputs.get(RunnableProgram.PLAIN)));
        }
        assertThat(fused).isGreaterThanOrEqualTo(PROGRAMS / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 17, 65})
    void soDoKernelsForDevices(int columns) {
        Program program = random(columns, columns);
        for (boolean parallel : List.of(true, false)) {
            RunnableKernels.of(program, ROWS, Capacity.of(ROWS), parallel)
                    .compare(RandomPrograms.inputs(program, ROWS), 1e-4);
        }
    }

    /** The error of a linear model: its square is summed up, and itself is written over what the model predicts. */
    @Test
    void aLossAndItsGradientAreOnePass() {
        var builder = new ProgramBuilder("linear");
        int x = read(builder, Storage.INPUT, "x", Dim.BATCH, Dim.of(5));
        int w = read(builder, Storage.PARAMETER, "w", Dim.of(5), Dim.of(33));
        int prediction = builder.add(new Op.MatMul(false, false), x, w);
        int y = read(builder, Storage.INPUT, "y", Dim.BATCH, Dim.of(33));
        int error = builder.add(new Op.Binary(BinaryKind.SUBTRACT), prediction, y);
        int square = builder.add(new Op.Binary(BinaryKind.MULTIPLY), error, error);
        int loss = builder.add(new Op.Reduce(Reduction.SUM, List.of(0, 1)), square);
        builder.output(Sink.RESULT, "loss", loss);
        builder.output(Sink.GRADIENT, "w", builder.add(new Op.MatMul(true, false), x, error));
        var runnable = new RunnableProgram(builder.build(), ROWS);
        Plan plan = runnable.plan();
        assertThat(folds(plan))
                .singleElement()
                .satisfies(fold -> assertThat(fold.results()).containsExactly(error, loss));
        assertThat(plan.place(error)).isEqualTo(plan.place(prediction));
        for (int rows : List.of(1, 7, 16, ROWS)) {
            runnable.compare(RandomPrograms.inputs(runnable.program(), rows), 1e-4);
        }
    }

    /** What needs the number waits for it. */
    @Test
    void aNormalisedMatrixIsNot() {
        var builder = new ProgramBuilder("normalised");
        int x = read(builder, Storage.INPUT, "x", Dim.BATCH, Dim.of(33));
        int square = builder.add(new Op.Binary(BinaryKind.MULTIPLY), x, x);
        int sum = builder.add(new Op.Reduce(Reduction.SUM, List.of(0, 1)), square);
        int spread = builder.add(new Op.Broadcast(builder.type(x).shape(), List.of()), sum);
        builder.output(Sink.RESULT, "normal", builder.add(new Op.Binary(BinaryKind.DIVIDE), x, spread));
        var runnable = new RunnableProgram(builder.build(), ROWS);
        assertThat(folds(runnable.plan()))
                .singleElement()
                .satisfies(fold -> assertThat(fold.stored()).isEmpty());
        runnable.compare(RandomPrograms.inputs(runnable.program(), ROWS), 1e-4);
    }

    /** Vectors take sixteen elements in a turn of their loop, or 64 where there are many. */
    @Test
    void numbersOfAnyCountAreReduced() {
        var builder = new ProgramBuilder("counts");
        for (int count :
                List.of(1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 64, 65, 79, 80, 100, 127, 128, 257, 70_001, 140_031)) {
            int x = read(builder, Storage.INPUT, "x" + count, Dim.of(count));
            int square = builder.add(new Op.Binary(BinaryKind.MULTIPLY), x, x);
            builder.output(Sink.RESULT, "sum" + count, builder.add(new Op.Reduce(Reduction.SUM, List.of(0)), square));
            builder.output(Sink.RESULT, "least" + count, builder.add(new Op.Reduce(Reduction.MINIMUM, List.of(0)), x));
        }
        var runnable = new RunnableProgram(builder.build(), 1);
        var inputs = RandomPrograms.inputs(runnable.program(), 1);
        runnable.compare(inputs, 1e-6);
        var outputs = runnable.outputs(List.of(inputs));
        outputs.forEach((form, found) -> assertThat(found).as(form).isEqualTo(outputs.get(RunnableProgram.PLAIN)));
    }

    private static List<Kernel.Fold> folds(Plan plan) {
        return plan.kernels()
                .filter(Kernel.Fold.class::isInstance)
                .map(Kernel.Fold.class::cast)
                .toList();
    }

    /**
     * Element-wise operations on a product, an input and a spread row; some are left in memory and some become a
     * number.
     */
    private static Program random(long seed, int columns) {
        var random = new SplittableRandom(seed);
        var builder = new ProgramBuilder("fold" + seed);
        int x = read(builder, Storage.INPUT, "x", Dim.BATCH, Dim.of(3));
        int w = read(builder, Storage.PARAMETER, "w", Dim.of(3), Dim.of(columns));
        int b = read(builder, Storage.PARAMETER, "b", Dim.of(columns));
        int product = builder.add(new Op.MatMul(false, false), x, w);
        var values = new ArrayList<>(List.of(
                product,
                read(builder, Storage.INPUT, "y", Dim.BATCH, Dim.of(columns)),
                builder.add(new Op.Broadcast(builder.type(product).shape(), List.of(1)), b)));
        for (int step = 0; step < 6; step++) {
            int left = values.get(random.nextInt(values.size()));
            int right = values.get(random.nextInt(values.size()));
            values.add(step(random, builder, left, right));
        }
        var kinds = List.of(Reduction.SUM, Reduction.SUM, Reduction.MAXIMUM, Reduction.MINIMUM);
        Reduction kind = kinds.get(random.nextInt(kinds.size()));
        builder.output(Sink.RESULT, "number", builder.add(new Op.Reduce(kind, List.of(0, 1)), values.getLast()));
        builder.output(Sink.RESULT, "kept", values.get(values.size() - 2));
        int last = builder.add(new Op.Binary(BinaryKind.SUBTRACT), product, values.getLast());
        builder.output(Sink.GRADIENT, "w", builder.add(new Op.MatMul(true, false), x, last));
        return builder.build();
    }

    private static int step(SplittableRandom random, ProgramBuilder builder, int left, int right) {
        return switch (random.nextInt(4)) {
            case 0 -> builder.add(new Op.Binary(BinaryKind.ADD), left, right);
            case 1 -> builder.add(new Op.Binary(BinaryKind.MAXIMUM), left, right);
            case 2 -> builder.add(new Op.Unary(UnaryKind.ABS), left);
            default ->
                builder.add(new Op.Unary(UnaryKind.TANH), builder.add(new Op.Binary(BinaryKind.MULTIPLY), left, right));
        };
    }

    private static int read(ProgramBuilder builder, Storage storage, String name, Dim... shape) {
        return builder.add(new Op.Read(storage, name, TensorType.f32(Shape.of(shape))));
    }
}
