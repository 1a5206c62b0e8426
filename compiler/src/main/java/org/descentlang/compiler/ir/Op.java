package org.descentlang.compiler.ir;

import java.util.List;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * The primitive operations. What each means stands in package `op`: one exhaustive `switch` per aspect, without `default`,
 * so that a new operation does not compile until shape rule, evaluation, gradient and every emitter know it.
 *
 * <p>Element-wise operations take operands of equal shape; a {@link Broadcast} makes them equal.
 */
public sealed interface Op {
    /** An operation without operands whose type is part of it. */
    sealed interface Leaf extends Op {
        TensorType type();
    }

    /** What the program reads from outside: see {@link Storage}. */
    record Read(Storage storage, String name, TensorType type) implements Leaf {}

    /** A scalar known when compiling; a boolean is 0 or 1. */
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
     * f32, a pure function of (seed, step, {@code place}, element index): Philox4x32-10. {@code place} numbers the uses in a
     * program, so that no two share a stream.
     */
    record Random(Distribution distribution, int place, Shape shape) implements Leaf {
        @Override
        public TensorType type() {
            return TensorType.f32(shape);
        }
    }

    record Unary(UnaryKind kind) implements Op {}

    /** Both operands and the result have one type; AND and OR are for bool, the rest for f32 and i32. */
    record Binary(BinaryKind kind) implements Op {}

    /** Two operands of one type to bool. */
    record Compare(Comparison comparison) implements Op {}

    /** (bool condition, a, b): a where the condition holds, else b. */
    record Select() implements Op {}

    /** To another element type; f32 to i32 truncates, bool is 0 or 1. */
    record Cast(ElementType to) implements Op {}

    /** Source axis {@code i} becomes axis {@code axes[i]} of {@code shape}; along the others the values repeat. */
    record Broadcast(Shape shape, List<Integer> axes) implements Op {
        public Broadcast {
            axes = List.copyOf(axes);
        }
    }

    /** The same elements in row-major order under another shape. */
    record Reshape(Shape shape) implements Op {}

    /** Axis {@code i} of the result is axis {@code permutation[i]} of the operand. */
    record Transpose(List<Integer> permutation) implements Op {
        public Transpose {
            permutation = List.copyOf(permutation);
        }
    }

    /** Elements {@code start .. start + length - 1} along an axis. */
    record Slice(int axis, long start, long length) implements Op {}

    /** Zeros before and after along an axis. */
    record Pad(int axis, long before, long after) implements Op {}

    /** Operands one after another along an axis. */
    record Concat(int axis) implements Op {}

    /** Over the given axes (ascending), which disappear. */
    record Reduce(Reduction reduction, List<Integer> axes) implements Op {
        public Reduce {
            axes = List.copyOf(axes);
        }
    }

    /** i32: the position of the largest element along an axis, the first one if several are equal; the axis disappears. */
    record ArgMax(int axis) implements Op {}

    /**
     * Matrix product over the last two axes, [m, k] times [k, n] after the given transpositions. Leading axes of both operands
     * are equal, or the right operand has rank 2 and serves all.
     */
    record MatMul(boolean transposeLeft, boolean transposeRight) implements Op {}

    /** (table [v, d…], i32 index [s…]) to [s…, d…]: rows of a table. */
    record Gather() implements Op {}

    /** (i32 index [s…], updates [s…, d…]) to [{@code rows}, d…]: sums of the updates per row, in index order. */
    record ScatterAdd(long rows) implements Op {}

    /** Where a {@link Read} comes from. */
    enum Storage {
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
        SCALAR;

        public String keyword() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    enum Distribution {
        /** [0, 1), 24 bits. */
        UNIFORM,
        /** Mean 0, deviation 1 (Box-Muller). */
        NORMAL
    }

    enum UnaryKind {
        NEGATE,
        ABS,
        SIGN,
        EXP,
        EXPM1,
        LOG,
        LOG1P,
        SQRT,
        SIN,
        COS,
        TANH,
        SIGMOID,
        ERF,
        FLOOR,
        CEIL,
        /** To the nearest, halves to even. */
        ROUND,
        NOT,
        /** The identity, with gradient zero. */
        STOP_GRADIENT
    }

    enum BinaryKind {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        /** The remainder with the divisor's sign, as `floor` defines it. */
        REMAINDER,
        POWER,
        MAXIMUM,
        MINIMUM,
        AND,
        OR
    }

    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    enum Reduction {
        SUM,
        PRODUCT,
        MAXIMUM,
        MINIMUM
    }
}
