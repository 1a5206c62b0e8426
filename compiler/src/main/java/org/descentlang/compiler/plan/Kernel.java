package org.descentlang.compiler.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.descentlang.compiler.ir.Op;

/**
 * One run over memory.
 *
 * <p>{@link #results} are the values that a kernel leaves in memory or, for the number of a {@link Fold}, hands to the
 * host.
 */
public sealed interface Kernel extends Step {
    /** Unique within its plan and a Java identifier: `gradient3`. */
    String name();

    /** Every instruction that is computed here, in program order. */
    List<Integer> instructions();

    /** Whether it is worth splitting over threads. */
    boolean parallel();

    /**
     * Element-wise code over all rows; rows are independent, so any split gives the same bits.
     *
     * @param inner results that nothing reads but a later pass over the same row; a target may keep them elsewhere
     */
    record Rows(
            String name,
            List<Integer> results,
            List<Integer> inner,
            List<Integer> instructions,
            Code code,
            boolean parallel)
            implements Kernel {}

    /**
     * Everything to one number, and element-wise values on the way.
     *
     * @param value the number
     * @param stored values that are left in memory
     * @param parts how the outermost loop is divided, whatever the number of threads; partial results are combined in
     *     order
     */
    record Fold(String name, int value, List<Integer> stored, List<Integer> instructions, Code code, int parts)
            implements Kernel {
        public static final int MOST_PARTS = 64;

        @Override
        public List<Integer> results() {
            return Stream.concat(stored.stream(), Stream.of(value)).sorted().toList();
        }

        @Override
        public boolean parallel() {
            return parts > 1;
        }
    }

    /** A reduction over leading axes, added up in memory; splits over the last loop, along which columns lie. */
    record Columns(String name, int value, List<Integer> instructions, Code code, Affine result, boolean parallel)
            implements Kernel {
        @Override
        public List<Integer> results() {
            return List.of(value);
        }
    }

    /** Operands side by side in new memory (concatenation, padding with zeros): a copy for each. */
    record Assembly(String name, int value, List<Integer> instructions, List<Code> copies, boolean zeroFirst)
            implements Kernel {
        @Override
        public List<Integer> results() {
            return List.of(value);
        }

        @Override
        public boolean parallel() {
            return false;
        }
    }

    /**
     * Left to the target's library.
     *
     * @param operands values in memory
     * @param tiling of a MatMul, unless it is small
     */
    record Library(
            String name, int value, Op.Call op, List<Integer> operands, Optional<Tiling> tiling, boolean parallel)
            implements Kernel {
        /** Whether it has so few multiply-adds that a target does well to write them out. */
        public boolean isSmallProduct() {
            return op instanceof Op.MatMul && tiling.isEmpty();
        }

        @Override
        public List<Integer> results() {
            return List.of(value);
        }

        @Override
        public List<Integer> instructions() {
            return List.of(value);
        }
    }

    /** From where a result was computed to where it must be at the end, when it could not be computed in place. */
    record Commit(String name, int value, Place target, boolean parallel) implements Kernel {
        @Override
        public List<Integer> results() {
            return List.of();
        }

        @Override
        public List<Integer> instructions() {
            return List.of();
        }
    }
}
