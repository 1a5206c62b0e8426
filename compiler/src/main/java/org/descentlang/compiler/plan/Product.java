package org.descentlang.compiler.plan;

import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;

/**
 * {@code count} matrix products [m, k] [k, n] of operands that follow each other in memory.
 *
 * @param transposeLeft whether a left operand is stored as [k, m]
 * @param transposeRight whether a right operand is stored as [n, k]
 * @param shared whether all have the same right operand
 */
public record Product(Dim count, Dim m, Dim n, Dim k, boolean transposeLeft, boolean transposeRight, boolean shared) {
    /** Multiply-adds of a small product: a fourth of a microsecond. */
    private static final long MOST_OF_SMALL = 1 << 13;

    /** Elements of a transposed right operand that a kernel's scratch memory has room for. */
    private static final long MOST_TURNED = 512;

    private static final Dim NONE = Dim.of(0);

    public static Product of(Program program, Op.MatMul matMul, Instruction instruction) {
        Shape left = program.type(instruction.operand(0)).shape();
        Shape right = program.type(instruction.operand(1)).shape();
        Shape product = instruction.type().shape();
        int rank = product.rank();
        Dim m = product.dim(rank - 2);
        Dim n = product.dim(rank - 1);
        Dim k = left.dim(rank - (matMul.transposeLeft() ? 2 : 1));
        Dim count = new Shape(product.dims().subList(0, rank - 2)).count();
        boolean shared = right.rank() == 2;
        // With one right operand for all, rows of all products are the rows of one.
        boolean one = shared && !matMul.transposeLeft();
        return new Product(
                one ? Dim.ONE : count,
                one ? count.times(m) : m,
                n,
                k,
                matMul.transposeLeft(),
                matMul.transposeRight(),
                shared);
    }

    /**
     * Whether a call of a library takes longer than the multiply-adds do. The sizes that make up the distance of
     * elements in memory are known, apart from the sum's over a batch.
     */
    boolean isSmall(Capacity capacity) {
        boolean known = n.isFixed() && (transposeLeft ? m.isFixed() : k.isFixed());
        return isOne()
                && known
                && (!transposeRight || isTurned())
                && capacity.estimate(m.times(n).times(k)) <= MOST_OF_SMALL;
    }

    /** Whether scratch memory has room for a right operand that is stored as its transpose. */
    private boolean isTurned() {
        return !transposeLeft && n.times(k).fixed() <= MOST_TURNED;
    }

    public boolean isOne() {
        return count.isOne();
    }

    /** Elements from one left operand to the next; 0 if there is one. */
    public Dim leftStep() {
        return isOne() ? NONE : m.times(k);
    }

    public Dim rightStep() {
        return isOne() || shared ? NONE : k.times(n);
    }

    public Dim resultStep() {
        return isOne() ? NONE : m.times(n);
    }
}
