package org.descentlang.compiler.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.Distribution;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.Philox;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * Well-typed programs, each a pure function of its seed, over all operations and the given sizes. Values stay finite
 * and small: domains are guarded, and what may have grown goes through a tanh. A smooth program has no operation with a
 * jump or a kink, so that its derivatives are differences, and float results are close to double ones.
 */
public final class RandomPrograms {
    private static final double SMALL = 3;

    private final SplittableRandom random;
    private final List<Dim> sizes;
    private final boolean smooth;
    private final ProgramBuilder builder;
    private final List<Double> bounds = new ArrayList<>();
    private int reads;

    private RandomPrograms(long seed, List<Dim> sizes, boolean smooth) {
        this.random = new SplittableRandom(seed);
        this.sizes = sizes;
        this.smooth = smooth;
        this.builder = new ProgramBuilder("random" + seed);
    }

    /** A program of all operations with a `loss` and some more results; of about {@code 3 * steps} instructions. */
    public static Program any(long seed, int steps, List<Dim> sizes) {
        return new RandomPrograms(seed, sizes, false).program(steps);
    }

    public static Program smooth(long seed, int steps, List<Dim> sizes) {
        return new RandomPrograms(seed, sizes, true).program(steps);
    }

    /** Values in -2 .. 2 for everything that the program reads. */
    public static Inputs inputs(Program program, long batch) {
        var inputs = new Inputs(batch, 11, 3);
        for (Instruction instruction : program.instructions()) {
            if (instruction.op() instanceof Op.Read read) {
                inputs.bind(read.storage(), read.name(), values(read, batch));
            }
        }
        return inputs;
    }

    private static TensorValue values(Op.Read read, long batch) {
        TensorValue value = TensorValue.zeros(read.type(), batch);
        for (int i = 0; i < value.count(); i++) {
            int word = Philox.block(i, read.name().hashCode(), 0, 0, 1, 2)[0];
            value.data()[i] = (float) (4 * Philox.uniform(word) - 2);
        }
        return value;
    }

    private Program program(int steps) {
        read(Storage.SCALAR, Shape.SCALAR);
        read(Storage.PARAMETER, Shape.of(5));
        read(Storage.PARAMETER, randomShape(2));
        read(Storage.INPUT, randomShape(3));
        for (int step = 0; step < steps; step++) {
            step();
        }
        int loss = constant(0, Shape.SCALAR);
        for (int i = 0; i < 4; i++) {
            int value = small(pick(type -> type.element() == ElementType.F32));
            builder.output(Sink.RESULT, "r" + i, value);
            loss = binary(BinaryKind.ADD, loss, mean(unary(UnaryKind.TANH, value)));
        }
        builder.output(Sink.RESULT, "loss", loss);
        return builder.build();
    }

    private void step() {
        int x = small(pick(type -> type.element() == ElementType.F32));
        switch (random.nextInt(smooth ? 16 : 22)) {
            case 0, 1 -> unary(x);
            case 2, 3 -> binary(oneOf(BinaryKind.ADD, BinaryKind.SUBTRACT, BinaryKind.MULTIPLY), x, like(x));
            case 4 -> binary(BinaryKind.DIVIDE, x, positive(like(x)));
            case 5 -> binary(BinaryKind.POWER, positive(x), like(x));
            case 6 -> broadcast(x);
            case 7 -> builder.add(new Op.Reshape(Shape.of(shape(x).count())), x);
            case 8 -> builder.add(new Op.Transpose(permutation(shape(x).rank())), x);
            case 9 -> sliceOrPad(x);
            case 10 -> concat(x);
            case 11 -> builder.add(new Op.Reduce(Reduction.SUM, someAxes(x)), x);
            case 12, 13 -> matMul(x);
            case 14 -> gatherOrScatter(x);
            case 15 -> filters(x);
            case 16 -> largest(x);
            case 17 -> binary(oneOf(BinaryKind.MAXIMUM, BinaryKind.MINIMUM), x, like(x));
            case 18 -> builder.add(new Op.Select(), condition(x), x, like(x));
            case 19 -> builder.add(new Op.Reduce(oneOf(Reduction.values()), someAxes(x)), unary(UnaryKind.TANH, x));
            case 20 -> unary(oneOf(UnaryKind.ABS, UnaryKind.SIGN, UnaryKind.FLOOR, UnaryKind.CEIL, UnaryKind.ROUND), x);
            default -> wholeNumbers(x);
        }
    }

    private void unary(int x) {
        UnaryKind kind = oneOf(UnaryKind.values());
        switch (kind) {
            case LOG, LOG1P, SQRT -> unary(kind, positive(x));
            case NEGATE, EXP, EXPM1, SIN, COS, TANH, SIGMOID, ERF -> unary(kind, x);
            case ABS, SIGN, FLOOR, CEIL, ROUND, NOT -> unary(UnaryKind.NEGATE, x);
            case STOP_GRADIENT -> unary(smooth ? UnaryKind.SIN : kind, x);
        }
    }

    private void broadcast(int x) {
        Shape shape = shape(x);
        var axes = new ArrayList<Integer>();
        var dims = new ArrayList<Dim>();
        for (int axis = 0; axis <= shape.rank(); axis++) {
            if (random.nextBoolean() && dims.size() + shape.rank() - axis < 3) {
                dims.add(size());
            }
            if (axis < shape.rank()) {
                axes.add(dims.size());
                dims.add(shape.dim(axis));
            }
        }
        builder.add(new Op.Broadcast(new Shape(dims), axes), x);
    }

    private void sliceOrPad(int x) {
        for (int axis = 0; axis < shape(x).rank(); axis++) {
            if (shape(x).dim(axis).isFixed()) {
                int size = (int) shape(x).dim(axis).fixed();
                int start = random.nextInt(size);
                boolean slice = random.nextBoolean();
                builder.add(
                        slice ? new Op.Slice(axis, start, 1 + random.nextInt(size - start)) : new Op.Pad(axis, 1, 2),
                        x);
                return;
            }
        }
    }

    private void concat(int x) {
        int last = shape(x).rank() - 1;
        if (last >= 0 && shape(x).last().isFixed()) {
            builder.add(new Op.Concat(last), x, like(x), x);
        }
    }

    /** By a new parameter or by another value, with any of the flags. */
    private void matMul(int x) {
        if (shape(x).rank() < 2) {
            return;
        }
        boolean left = random.nextBoolean();
        boolean right = random.nextBoolean();
        Dim inner = shape(x).dim(shape(x).rank() - (left ? 2 : 1));
        Shape factor = right ? Shape.of(size(), inner) : Shape.of(inner, size());
        builder.add(new Op.MatMul(left, right), x, inner.isFixed() ? read(Storage.PARAMETER, factor) : normal(factor));
    }

    private void gatherOrScatter(int x) {
        Shape shape = shape(x);
        if (shape.rank() == 0) {
            return;
        }
        boolean gather = shape.dim(0).isFixed() && random.nextBoolean();
        long rows = gather ? shape.dim(0).fixed() : 3;
        Shape indexShape = gather ? randomShape(1) : Shape.of(shape.dim(0));
        int position = builder.add(new Op.Iota(indexShape, 0));
        int index = binary(BinaryKind.REMAINDER, position, spread(new Op.Constant(rows, ElementType.I32), indexShape));
        builder.add(gather ? new Op.Gather() : new Op.ScatterAdd(rows), gather ? x : index, gather ? index : x);
    }

    /** Along all axes but the first as one. */
    private void filters(int x) {
        if (isRowsOfKnownSize(x)) {
            Windows windows = windows(x);
            long size = windows.axes().getFirst().size();
            int w = read(Storage.PARAMETER, Shape.of(size, 1, 2));
            builder.add(new Op.Convolve(windows, 1, Op.Part.VALUE), withOneChannel(x), w);
        }
    }

    private void largest(int x) {
        if (isRowsOfKnownSize(x)) {
            Windows windows = windows(x);
            int images = withOneChannel(x);
            int position = builder.add(new Op.WindowArgMax(windows), images);
            int picked = builder.add(new Op.Pick(), images, position);
            builder.add(new Op.PutBack(windows.axes().getFirst().input()), position, picked);
        }
    }

    private boolean isRowsOfKnownSize(int x) {
        return shape(x).rank() > 1 && shape(x).without(0).isFixed();
    }

    private int withOneChannel(int x) {
        return builder.add(
                new Op.Reshape(Shape.of(shape(x).dim(0), shape(x).without(0).count(), Dim.ONE)), x);
    }

    private Windows windows(int x) {
        long input = shape(x).without(0).count().fixed();
        long size = Math.min(input, 3);
        return new Windows(List.of(new Windows.Along(input, size, 2, 1, 0, (input - size) / 2 + 1)));
    }

    private void wholeNumbers(int x) {
        if (shape(x).rank() > 0) {
            int position = builder.add(new Op.ArgMax(random.nextInt(shape(x).rank())), x);
            builder.add(new Op.Cast(ElementType.F32), position);
        }
    }

    private int condition(int x) {
        int one = builder.add(new Op.Compare(oneOf(Comparison.values())), x, like(x));
        int other = builder.add(new Op.Compare(Comparison.LESS), x, constant(0.5, shape(x)));
        return binary(oneOf(BinaryKind.AND, BinaryKind.OR), one, builder.add(new Op.Unary(UnaryKind.NOT), other));
    }

    /** x² + 0.5. */
    private int positive(int x) {
        return binary(BinaryKind.ADD, binary(BinaryKind.MULTIPLY, x, x), constant(0.5, shape(x)));
    }

    /** Another value of the same type. */
    private int like(int x) {
        TensorType type = builder.type(x);
        return switch (random.nextInt(6)) {
            case 0 -> constant(oneOf(0.0, 0.5, 1.0, 2.0, -3.0), type.shape());
            case 1 -> normal(type.shape());
            case 2 -> read(Storage.INPUT, type.shape());
            case 3 -> spread(new Op.Extent(Dim.BATCH), type.shape());
            default -> small(pick(type::equals));
        };
    }

    /** The value, or its tanh if it may be large. */
    private int small(int x) {
        for (int value = bounds.size(); value <= x; value++) {
            bounds.add(bound(builder.instruction(value)));
        }
        return bounds.get(x) <= SMALL ? x : unary(UnaryKind.TANH, x);
    }

    /** How large a value's elements may be. */
    private double bound(Instruction instruction) {
        double largest =
                instruction.operands().stream().mapToDouble(bounds::get).max().orElse(2);
        return switch (instruction.op()) {
            case Op.Constant constant -> Math.abs(constant.value());
            case Op.Read _, Op.Cast _, Op.Broadcast _, Op.Reshape _, Op.Transpose _, Op.Slice _ -> largest;
            case Op.Pad _, Op.Concat _, Op.Gather _, Op.Select _ -> largest;
            case Op.Unary unary ->
                switch (unary.kind()) {
                    case SIN, COS, TANH, SIGMOID, ERF, SIGN, NOT -> 1;
                    case EXP, EXPM1 -> Math.exp(largest);
                    default -> largest + 1;
                };
            case Op.Binary(BinaryKind kind) when kind == BinaryKind.ADD || kind == BinaryKind.SUBTRACT -> 2 * largest;
            case Op.Binary(BinaryKind kind) when kind == BinaryKind.MULTIPLY -> largest * largest;
            default -> Double.POSITIVE_INFINITY;
        };
    }

    private int mean(int x) {
        List<Integer> axes = IntStream.range(0, shape(x).rank()).boxed().toList();
        int sum = builder.add(new Op.Reduce(Reduction.SUM, axes), x);
        return binary(BinaryKind.DIVIDE, sum, builder.add(new Op.Extent(shape(x).count())));
    }

    private int read(Storage wanted, Shape shape) {
        Storage storage = shape.isFixed() ? wanted : Storage.INPUT;
        return builder.add(new Op.Read(storage, storage.keyword() + reads++, TensorType.f32(shape)));
    }

    private int normal(Shape shape) {
        return builder.add(new Op.Random(oneOf(Distribution.values()), builder.size(), shape));
    }

    private int constant(double value, Shape shape) {
        return spread(new Op.Constant(value, ElementType.F32), shape);
    }

    private int spread(Op.Leaf scalar, Shape shape) {
        int value = builder.add(scalar);
        return shape.isScalar() ? value : builder.add(new Op.Broadcast(shape, List.of()), value);
    }

    private int unary(UnaryKind kind, int x) {
        return builder.add(new Op.Unary(kind), x);
    }

    private int binary(BinaryKind kind, int a, int b) {
        return builder.add(new Op.Binary(kind), a, b);
    }

    private Shape randomShape(int rank) {
        return new Shape(IntStream.range(0, rank).mapToObj(_ -> size()).toList());
    }

    private Shape shape(int value) {
        return builder.type(value).shape();
    }

    private Dim size() {
        return sizes.get(random.nextInt(sizes.size()));
    }

    private List<Integer> permutation(int rank) {
        var axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        for (int i = rank - 1; i > 0; i--) {
            Collections.swap(axes, i, random.nextInt(i + 1));
        }
        return axes;
    }

    private List<Integer> someAxes(int x) {
        return IntStream.range(0, shape(x).rank())
                .filter(_ -> random.nextBoolean())
                .boxed()
                .toList();
    }

    private int pick(Predicate<TensorType> wanted) {
        int[] found = IntStream.range(0, builder.size())
                .filter(value -> wanted.test(builder.type(value)))
                .toArray();
        return found[random.nextInt(found.length)];
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
