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
