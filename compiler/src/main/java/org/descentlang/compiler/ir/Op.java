package org.descentlang.compiler.ir;

import java.util.List;
import java.util.Locale;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * The primitive operations, in families. Shape rule, evaluation and gradient of a family stand in a file each. Every
 * `switch` over operations or their kinds is exhaustive and has no `default`, so that a new one does not compile until
 * all that decide by it know it; what treats a family alike asks for the family.
 */
public sealed interface Op {
    /** A number, or what is read from outside: an operation without operands whose type is part of it. */
    sealed interface Leaf extends Op {
        TensorType type();
    }

    /**
     * One element of the result from one of each operand. Operands have equal shapes; a {@link Broadcast} makes them
     * equal.
     */
    sealed interface ElementWise extends Op {}

    /** The operand's elements at other positions: no kernel computes them. */
    sealed interface View extends Op {}

    /** One element of the result from all along some axes, which disappear. */
    sealed interface Reducing extends Op {
        /** Ascending. */
        List<Integer> axes();
    }

    /** Operands side by side in new memory. */
    sealed interface Assembling extends Op {}

    /** A kernel of its own, which a target's library has. */
    sealed interface Call extends Op {}

    /** A program within the program. */
    sealed interface Region extends Op {
        Program body();
    }

    /** What the program reads from outside: see {@link Storage}. */
    record Read(Storage storage, String name, TensorType type) implements Leaf {}

    /** A scalar known at compile time; a boolean is 0 or 1. */
    record Constant(double value, ElementType element) implements Leaf {
        @Override
        public TensorType type() {
            return new TensorType(element, Shape.SCALAR);
        }
    }

    /** The size of a dimension as an f32 scalar: the number of examples of this step, say. */
    record Extent(Dim dim) implements Leaf {
        @Override
        public TensorType type() {
            return TensorType.SCALAR;
        }
    }

    /** i32: each element is its own position along {@code axis}. */
    record Iota(Shape shape, int axis) implements Leaf {
        @Override
        public TensorType type() {
            return TensorType.i32(shape);
        }
    }

    /**
     * f32, a pure function of (seed, step, {@code place}, element index): Philox4x32-10. {@code place} numbers the uses
     * in a program, so that no two share a stream.
     *
     * @param turn how much higher the place is for each next element of the loop that this is in
     */
    record Random(Distribution distribution, int place, int turn, Shape shape) implements Call {
        public Random(Distribution distribution, int place, Shape shape) {
            this(distribution, place, 0, shape);
        }
    }

    record Unary(UnaryKind kind) implements ElementWise {}

    /** Both operands and the result have one type; AND and OR are for bool, the rest for f32 and i32. */
    record Binary(BinaryKind kind) implements ElementWise {}

    /** Two operands of one type to bool. */
    record Compare(Comparison comparison) implements ElementWise {}

    /** (bool condition, a, b): a where the condition holds, else b. */
    record Select() implements ElementWise {}

    /** To another element type; f32 to i32 truncates, bool is 0 or 1. */
    record Cast(ElementType to) implements ElementWise {}

    /** Source axis {@code i} becomes axis {@code axes[i]} of {@code shape}; along the others the values repeat. */
    record Broadcast(Shape shape, List<Integer> axes) implements View {
        public Broadcast {
            axes = List.copyOf(axes);
        }
    }

    /** The same elements in row-major order under another shape. */
    record Reshape(Shape shape) implements View {}

    /** Axis {@code i} of the result is axis {@code permutation[i]} of the operand. */
    record Transpose(List<Integer> permutation) implements View {
        public Transpose {
            permutation = List.copyOf(permutation);
        }
    }

    /** Elements {@code start .. start + length - 1} along an axis. */
    record Slice(int axis, long start, long length) implements View {}

    /** Zeros before and after along an axis. */
    record Pad(int axis, long before, long after) implements Assembling {}

    /** Operands one after another along an axis. */
    record Concat(int axis) implements Assembling {}

    /** Over the given axes (ascending), which disappear. */
    record Reduce(Reduction reduction, List<Integer> axes) implements Reducing {
        public Reduce {
            axes = List.copyOf(axes);
        }
    }

    /**
     * i32: the position of the largest element along an axis, the first one if several are equal; the axis disappears.
     */
    record ArgMax(int axis) implements Reducing {
        @Override
        public List<Integer> axes() {
            return List.of(axis);
        }
    }

    /**
     * Matrix product over the last two axes, [m, k] times [k, n] after the given transpositions. Leading axes of both
     * operands are equal, or the right operand has rank 2 and serves all.
     */
    record MatMul(boolean transposeLeft, boolean transposeRight) implements Call {}

    /** (table [v, d…], i32 index [s…]) to [s…, d…]: rows of a table. */
    record Gather() implements Call {}

    /** (i32 index [s…], updates [s…, d…]) to [{@code rows}, d…]: sums of the updates per row, in index order. */
    record ScatterAdd(long rows) implements Call {}

    /**
     * Filters w [size…, channels / groups, units] at each position of windows over x [batch, spatial…, channels], which
     * gives y [batch, positions…, units]. A sum of products of x, w and a third tensor like y is linear in each of the
     * three: a part is its derivative with respect to one of them, so the derivatives of parts are parts.
     *
     * @param groups in so many equal shares, channels and units meet only their own
     */
    record Convolve(Windows windows, long groups, Part part) implements Call {}

    /**
     * i32: where the largest element of each window over x [batch, spatial…, channels] lies among all spatial positions
     * in row-major order; the first one if several are equal, or not a number. Padding is never the largest.
     */
    record WindowArgMax(Windows windows) implements Call {}

    /** (x [b, n, c], i32 position [b, p, c]) to [b, p, c]: elements of x by their position along the middle axis. */
    record Pick() implements Call {}

    /** (i32 position [b, p, c], updates [b, p, c]) to [b, {@code length}, c]: sums of the updates for each position. */
    record PutBack(long length) implements Call {}

    /**
     * One result of a loop: its last CARRIED value of that name, or the ELEMENTs of all turns along a new first axis.
     * Scans of one loop with the same operands are one loop with several results.
     */
    record Scan(Loop loop, Output.Sink sink, String result) implements Region {
        @Override
        public Program body() {
            return loop.body();
        }
    }

    /** Whose name a program's text has in small letters. */
    interface Kind {
        String name();

        default String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a {@link Read} comes from. */
    enum Storage implements Kind {
        /** A field of the batch or an argument of `predict`. */
        INPUT,
        /** A trained tensor; in an update program, all parameters of a group as one vector. */
        PARAMETER,
        /** The gradient of a group; update programs only. */
        GRADIENT,
        /** A state of the update rule, `name@group`; update programs only. */
        STATE,
        /** Running state of a layer. */
        RUNNING,
        /** A scalar that may change between steps: a hyperparameter by its path, the update count `t`. */
        SCALAR,
        /** What the turn before left, in a loop's body. */
        CARRIED,
        /** The same in every turn. */
        SHARED,
        /** This turn's element along the first axis of a tensor. */
        ELEMENT
    }

    enum Distribution implements Kind {
        /** [0, 1), 24 bits. */
        UNIFORM,
        /** Mean 0, deviation 1 (Box-Muller). */
        NORMAL
    }

    /** What a {@link Convolve} computes. */
    enum Part implements Kind {
        /** y of (x, w). */
        VALUE,
        /** The derivative with respect to x, of (y's, w): a transposed convolution. */
        BY_DATA,
        /** The derivative with respect to w, of (x, y's). */
        BY_WEIGHTS
    }

    enum UnaryKind implements Kind {
        NEGATE(Domain.NUMBERS, Cost.SUM, true),
        ABS(Domain.NUMBERS, Cost.SUM, true),
        SIGN(Domain.NUMBERS, Cost.SUM, false),
        EXP(Domain.REALS, Cost.FUNCTION, true),
        EXPM1(Domain.REALS, Cost.FUNCTION, true),
        LOG(Domain.REALS, Cost.FUNCTION, true),
        LOG1P(Domain.REALS, Cost.FUNCTION, true),
        SQRT(Domain.REALS, Cost.ROOT, true),
        SIN(Domain.REALS, Cost.FUNCTION, true),
        COS(Domain.REALS, Cost.FUNCTION, true),
        TANH(Domain.REALS, Cost.FUNCTION, true),
        SIGMOID(Domain.REALS, Cost.FUNCTION, true),
        ERF(Domain.REALS, Cost.FUNCTION, true),
        FLOOR(Domain.REALS, Cost.SUM, false),
        CEIL(Domain.REALS, Cost.SUM, false),
        /** To the nearest, halves to even. */
        ROUND(Domain.REALS, Cost.SUM, false),
        NOT(Domain.TRUTHS, Cost.SUM, false),
        /** The identity, with gradient zero. */
        STOP_GRADIENT(Domain.ANY, Cost.SUM, false);

        private final Domain domain;
        private final Cost cost;
        private final boolean hasSlope;

        UnaryKind(Domain domain, Cost cost, boolean hasSlope) {
            this.domain = domain;
            this.cost = cost;
            this.hasSlope = hasSlope;
        }

        /** Of the operand, whose type the result has. */
        public Domain domain() {
            return domain;
        }

        public Cost cost() {
            return cost;
        }

        /** Whether there is a derivative that is not zero almost everywhere. */
        public boolean hasSlope() {
            return hasSlope;
        }
    }

    enum BinaryKind implements Kind {
        ADD(Domain.NUMBERS, Cost.SUM, true),
        SUBTRACT(Domain.NUMBERS, Cost.SUM, false),
        MULTIPLY(Domain.NUMBERS, Cost.SUM, true),
        DIVIDE(Domain.NUMBERS, Cost.SUM, false),
        /** The remainder with the divisor's sign, as `floor` defines it. */
        REMAINDER(Domain.NUMBERS, Cost.ROOT, false),
        POWER(Domain.NUMBERS, Cost.FUNCTION, false),
        MAXIMUM(Domain.NUMBERS, Cost.SUM, true),
        MINIMUM(Domain.NUMBERS, Cost.SUM, true),
        AND(Domain.TRUTHS, Cost.SUM, true),
        OR(Domain.TRUTHS, Cost.SUM, true);

        private final Domain domain;
        private final Cost cost;
        private final boolean commutes;

        BinaryKind(Domain domain, Cost cost, boolean commutes) {
            this.domain = domain;
            this.cost = cost;
            this.commutes = commutes;
        }

        /** Of both operands, whose type the result has. */
        public Domain domain() {
            return domain;
        }

        public Cost cost() {
            return cost;
        }

        /** Whether the operands may change places. */
        public boolean commutes() {
            return commutes;
        }
    }

    enum Comparison implements Kind {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    enum Reduction implements Kind {
        SUM(BinaryKind.ADD, true),
        PRODUCT(BinaryKind.MULTIPLY, true),
        MAXIMUM(BinaryKind.MAXIMUM, false),
        MINIMUM(BinaryKind.MINIMUM, false);

        private final BinaryKind step;
        private final boolean rounds;

        Reduction(BinaryKind step, boolean rounds) {
            this.step = step;
            this.rounds = rounds;
        }

        /** How one more element is taken in, and how the results of two parts are put together. */
        public BinaryKind step() {
            return step;
        }

        /** Whether the bits of an f32 result depend on the order of the elements. */
        public boolean rounds() {
            return rounds;
        }
    }
}
