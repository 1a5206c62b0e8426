package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/** Derivatives of calls are calls again. */
final class CallGradient {
    private final Adjoints adjoints;

    CallGradient(Adjoints adjoints) {
        this.adjoints = adjoints;
    }

    void propagate(Op.Call op, List<Integer> operands, int g) {
        switch (op) {
            case Op.Random _ -> {}
            case Op.MatMul matMul -> matMul(matMul, operands.getFirst(), operands.get(1), g);
            case Op.Gather _ -> gather(operands.getFirst(), operands.get(1), g);
            case Op.ScatterAdd _ ->
                adjoints.add(operands.get(1), adjoints.apply(new Op.Gather(), g, operands.getFirst()));
            case Op.Convolve convolve -> convolve(convolve, operands.getFirst(), operands.get(1), g);
            case Op.WindowArgMax _ -> {}
            case Op.Pick _ -> {
                long length = adjoints.shape(operands.getFirst()).dim(1).fixed();
                adjoints.add(operands.getFirst(), adjoints.apply(new Op.PutBack(length), operands.get(1), g));
            }
            case Op.PutBack _ -> adjoints.add(operands.get(1), adjoints.apply(new Op.Pick(), g, operands.getFirst()));
        }
    }

    /** The part that is the derivative with respect to an operand, of what stands for the other two tensors. */
    private void convolve(Op.Convolve convolve, int first, int second, int g) {
        record Derivatives(Op.Part ofFirst, List<Integer> firstBy, Op.Part ofSecond, List<Integer> secondBy) {}
        var derivatives = switch (convolve.part()) {
            case VALUE -> new Derivatives(Op.Part.BY_DATA, List.of(g, second), Op.Part.BY_WEIGHTS, List.of(first, g));
            case BY_DATA -> new Derivatives(Op.Part.VALUE, List.of(g, second), Op.Part.BY_WEIGHTS, List.of(g, first));
            case BY_WEIGHTS -> new Derivatives(Op.Part.BY_DATA, List.of(second, g), Op.Part.VALUE, List.of(first, g));
        };
        convolve(convolve, first, derivatives.ofFirst, derivatives.firstBy);
        convolve(convolve, second, derivatives.ofSecond, derivatives.secondBy);
    }

    private void convolve(Op.Convolve convolve, int operand, Op.Part part, List<Integer> operands) {
        if (adjoints.isWanted(operand)) {
            var derivative = new Op.Convolve(convolve.windows(), convolve.groups(), part);
            adjoints.add(operand, adjoints.apply(derivative, operands.toArray(Integer[]::new)));
        }
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
}
