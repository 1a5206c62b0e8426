package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;

/**
 * The vector-Jacobian product of every operation: what the derivative of the loss with respect to an instruction's value, here
 * always {@code g}, means for its operands.
 */
final class GradientRule {
    private final Adjoints adjoints;

    GradientRule(Adjoints adjoints) {
        this.adjoints = adjoints;
    }

    /** Passes the known derivative of {@code value} on to the operands of its instruction. */
    void propagate(Instruction instruction, int value) {
        int g = adjoints.of(value);
        List<Integer> operands = instruction.operands();
        switch (instruction.op()) {
            case Op.Leaf _, Op.Compare _, Op.ArgMax _ -> {}
            case Op.Unary unary -> new ElementWiseRule(adjoints, g).unary(unary.kind(), operands.getFirst(), value);
            case Op.Binary binary ->
                new ElementWiseRule(adjoints, g).binary(binary.kind(), operands.getFirst(), operands.get(1), value);
            case Op.Select _ -> select(operands, g);
            case Op.Cast _ -> adjoints.add(operands.getFirst(), g);
            case Op.Broadcast broadcast -> broadcast(broadcast, operands.getFirst(), g);
            case Op.Reshape _ -> adjoints.add(operands.getFirst(), reshaped(g, adjoints.shape(operands.getFirst())));
            case Op.Transpose transpose -> transpose(transpose.permutation(), operands.getFirst(), g);
            case Op.Slice slice -> slice(slice, operands.getFirst(), g);
            case Op.Pad pad -> pad(pad, operands.getFirst(), g);
            case Op.Concat concat -> concat(concat.axis(), operands, g);
            case Op.Reduce reduce -> reduce(reduce, operands.getFirst(), value, g);
            case Op.MatMul matMul -> matMul(matMul, operands.getFirst(), operands.get(1), g);
            case Op.Gather _ -> gather(operands.getFirst(), operands.get(1), g);
            case Op.ScatterAdd _ ->
                adjoints.add(operands.get(1), adjoints.apply(new Op.Gather(), g, operands.getFirst()));
        }
    }

    private void select(List<Integer> operands, int g) {
        int condition = operands.getFirst();
        int zero = adjoints.constant(0, adjoints.shape(g));
        if (adjoints.isWanted(operands.get(1))) {
            adjoints.add(operands.get(1), adjoints.select(condition, g, zero));
        }
        if (adjoints.isWanted(operands.get(2))) {
            adjoints.add(operands.get(2), adjoints.select(condition, zero, g));
        }
    }

    private void broadcast(Op.Broadcast broadcast, int x, int g) {
        var repeated = new ArrayList<Integer>();
        for (int axis = 0; axis < broadcast.shape().rank(); axis++) {
            if (!broadcast.axes().contains(axis)) {
                repeated.add(axis);
            }
        }
        adjoints.add(x, repeated.isEmpty() ? g : sum(g, repeated));
    }

    private void transpose(List<Integer> permutation, int x, int g) {
        var inverse = new ArrayList<>(Collections.nCopies(permutation.size(), 0));
        for (int axis = 0; axis < permutation.size(); axis++) {
            inverse.set(permutation.get(axis), axis);
        }
        adjoints.add(x, adjoints.apply(new Op.Transpose(inverse), g));
    }

    private void slice(Op.Slice slice, int x, int g) {
        long after = adjoints.shape(x).dim(slice.axis()).fixed() - slice.start() - slice.length();
        adjoints.add(x, adjoints.apply(new Op.Pad(slice.axis(), slice.start(), after), g));
    }

    private void pad(Op.Pad pad, int x, int g) {
        long length = adjoints.shape(x).dim(pad.axis()).fixed();
        adjoints.add(x, adjoints.apply(new Op.Slice(pad.axis(), pad.before(), length), g));
    }

    private void concat(int axis, List<Integer> operands, int g) {
        long start = 0;
        for (int operand : operands) {
            long length = adjoints.shape(operand).dim(axis).fixed();
            if (adjoints.isWanted(operand)) {
                adjoints.add(operand, adjoints.apply(new Op.Slice(axis, start, length), g));
            }
            start += length;
        }
    }

    private void reduce(Op.Reduce reduce, int x, int value, int g) {
        List<Integer> axes = reduce.axes();
        switch (reduce.reduction()) {
            case SUM -> adjoints.add(x, repeat(g, axes, adjoints.shape(x)));
            case PRODUCT -> adjoints.add(x, product(axes, x, g));
            case MAXIMUM, MINIMUM -> adjoints.add(x, extreme(axes, x, value, g));
        }
    }

    /** Equal shares to all elements that are the largest (or smallest), as PyTorch's `amax` does. */
    private int extreme(List<Integer> axes, int x, int value, int g) {
        Shape shape = adjoints.shape(x);
        int chosen = adjoints.compare(Comparison.EQUAL, x, repeat(value, axes, shape));
        int count = sum(adjoints.apply(new Op.Cast(ElementType.F32), chosen), axes);
        int share = repeat(adjoints.divide(g, count), axes, shape);
        return adjoints.select(chosen, share, adjoints.constant(0, shape));
    }

    /**
     * The product of the other elements. With p the product of the elements that are not zero, it is p / x without a zero
     * among the elements; with one zero it is p there and 0 elsewhere; with more it is 0.
     */
    private int product(List<Integer> axes, int x, int g) {
        Shape shape = adjoints.shape(x);
        int zero = adjoints.constant(0, shape);
        int isZero = adjoints.compare(Comparison.EQUAL, x, zero);
        int safe = adjoints.select(isZero, adjoints.constant(1, shape), x);
        int zeros = sum(adjoints.apply(new Op.Cast(ElementType.F32), isZero), axes);
        int p = adjoints.apply(new Op.Reduce(Reduction.PRODUCT, axes), safe);
        int scaled = adjoints.multiply(g, p);
        int others = repeat(scaled, axes, shape);
        int allButThis = repeat(zeros, axes, shape);
        int one = adjoints.constant(1, shape);
        int onlyZero = adjoints.compare(Comparison.EQUAL, allButThis, one);
        int noZero = adjoints.compare(Comparison.EQUAL, allButThis, zero);
        int atZero = adjoints.select(onlyZero, others, zero);
        int elsewhere = adjoints.select(noZero, adjoints.divide(others, safe), zero);
        return adjoints.select(isZero, atZero, elsewhere);
    }

    /** C = A B: dA = dC Bᵀ and dB = Aᵀ dC, with transposes taken into the flags. */
    private void matMul(Op.MatMul matMul, int left, int right, int g) {
        if (adjoints.isWanted(left)) {
            adjoints.add(left, leftFactor(matMul, left, right, g));
        }
        if (adjoints.isWanted(right)) {
            boolean shared = adjoints.shape(right).rank() < adjoints.shape(left).rank();
            adjoints.add(right, shared ? sharedFactor(matMul, left, g) : rightFactor(matMul, left, g));
        }
    }

    private int leftFactor(Op.MatMul matMul, int left, int right, int g) {
        boolean shared = adjoints.shape(right).rank() < adjoints.shape(left).rank();
        if (!matMul.transposeLeft()) {
            return adjoints.apply(new Op.MatMul(false, !matMul.transposeRight()), g, right);
        }
        if (!shared) {
            return adjoints.apply(new Op.MatMul(matMul.transposeRight(), true), right, g);
        }
        return swapped(adjoints.apply(new Op.MatMul(false, !matMul.transposeRight()), g, right));
    }

    private int rightFactor(Op.MatMul matMul, int left, int g) {
        return matMul.transposeRight()
                ? adjoints.apply(new Op.MatMul(true, matMul.transposeLeft()), g, left)
                : adjoints.apply(new Op.MatMul(!matMul.transposeLeft(), false), left, g);
    }

    /** For a right operand that serves all leading indices these become rows, so that one product sums over them. */
    private int sharedFactor(Op.MatMul matMul, int left, int g) {
        int rows = flattened(matMul.transposeLeft() ? swapped(left) : left);
        return rightFactor(new Op.MatMul(false, matMul.transposeRight()), rows, flattened(g));
    }

    /** All axes but the last become one. */
    private int flattened(int x) {
        Shape shape = adjoints.shape(x);
        Dim rows = shape.without(shape.rank() - 1).count();
        return adjoints.apply(new Op.Reshape(Shape.of(rows, shape.last())), x);
    }

    /** The last two axes change places. */
    private int swapped(int x) {
        int rank = adjoints.shape(x).rank();
        var permutation = new ArrayList<Integer>();
        for (int axis = 0; axis < rank; axis++) {
            permutation.add(axis);
        }
        Collections.swap(permutation, rank - 2, rank - 1);
        return adjoints.apply(new Op.Transpose(permutation), x);
    }

    private void gather(int table, int index, int g) {
        long rows = adjoints.shape(table).dim(0).fixed();
        adjoints.add(table, adjoints.apply(new Op.ScatterAdd(rows), index, g));
    }

    private int sum(int x, List<Integer> axes) {
        return adjoints.apply(new Op.Reduce(Reduction.SUM, axes), x);
    }

    private int reshaped(int x, Shape shape) {
        return adjoints.apply(new Op.Reshape(shape), x);
    }

    /** Undoes the shape of a reduction over {@code axes}: the values repeat along them. */
    private int repeat(int x, List<Integer> axes, Shape shape) {
        var kept = new ArrayList<Integer>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                kept.add(axis);
            }
        }
        return axes.isEmpty() ? x : adjoints.apply(new Op.Broadcast(shape, kept), x);
    }
}
