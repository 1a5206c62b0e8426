package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.CodeBlock;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Code.Pass;
import org.descentlang.compiler.plan.Kernel;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/**
 * Rows and sums to one number with vectors: the innermost loop takes a vector, or as many as have sixteen lanes, at a
 * time.
 */
final class VectorRowsWriter extends VectorKernelWriter {
    /**
     * Elements that one turn of a loop through memory takes: a processor fetches ahead as many turns as it sees, and
     * with sixteen elements these are too few (25 million squares of one thread: 7.4 ms, and 3.9 with 64).
     */
    private static final int ELEMENTS_OF_A_TURN = 64;

    /** Lines in such a turn: a method must stay short enough for HotSpot to compile it. */
    private static final int MOST_LINES_OF_A_TURN = 128;

    /** Whether a turn takes {@link #ELEMENTS_OF_A_TURN}. */
    private boolean throughMemory;

    private VectorRowsWriter(Operands operands, Code code, boolean wide, Optional<Integer> split, int lanes) {
        super(operands, code, wide, split, lanes);
    }

    static KernelMethod rows(Operands operands, String name, Code code, int lanes) {
        var writer = new VectorRowsWriter(operands, code, false, splitOfRows(code), lanes);
        return writer.rowsMethod(name, writer::pass);
    }

    static KernelMethod fold(Operands operands, Kernel.Fold fold, int lanes) {
        var writer = new VectorRowsWriter(operands, fold.code(), true, Optional.of(0), lanes);
        writer.throughMemory = fold.parts() > 1 && writer.isStream();
        return writer.foldMethod(fold, writer::pass);
    }

    /** Goes along the columns; with sums, sixteen at a time, so that each has its number among the partial results. */
    private void pass(int number) {
        Pass pass = code.passes().get(number);
        int vectorsAtOnce = sums(number).isEmpty() ? 1 : LANES / lanes;
        accumulators = vectorsAtOnce;
        for (int vector = 0; vector < vectorsAtOnce; vector++) {
            for (Code.Reduction reduction : pass.reductions()) {
                declare(reduction, vector);
            }
        }
        int first = Math.min(code.rowLoops(), last());
        open(first, last(), number);
        columns(number, vectorsAtOnce, () -> element(pass));
        close(last() - first);
        var sums = sums(number);
        for (Code.Reduction reduction : pass.reductions()) {
            finish(reduction, sums.indexOf(reduction), hasLanes(number), vectorsAtOnce);
        }
    }

    private void element(Pass pass) {
        // Values may be written over what is reduced.
        pass.reductions().forEach(this::reduce);
        pass.stores().forEach(this::storeVector);
    }

    /** The innermost loop: {@code inner} is written for each vector in it, and for what is left over. */
    private void columns(int pass, int vectorsAtOnce, Runnable inner) {
        int step = lanes * vectorsAtOnce;
        int turn = throughMemory ? ELEMENTS_OF_A_TURN : step;
        Optional<Long> extent = fixedExtent();
        long left = extent.map(size -> size % turn).orElse(-1L);
        if (extent.isEmpty() || extent.get() >= turn) {
            String whole = extent.isPresent() ? " < " + (extent.get() - left) : " <= " + end(last()) + " - " + turn;
            open(start(last()), whole, turn);
            block(pass, turn / lanes, turn, inner);
            close(1);
        }
        if (left > 0) {
            // A bare block and not a loop of one turn: HotSpot then knows the position, and what depends on it.
            body.beginControlFlow("");
            body.addStatement("int $L = $L", Positions.variable(last()), extent.orElseThrow() - left);
            block(pass, vectorsAtOnce, left, inner);
            close(1);
        } else if (left < 0) {
            open(leftover(turn), " < " + end(last()), step);
            block(pass, vectorsAtOnce, left, inner);
            close(1);
        }
    }

    /** Whether one loop over all of it computes little and writes nothing. */
    private boolean isStream() {
        return last() == 0
                && code.passes().getFirst().stores().isEmpty()
                && code.lines().size() * ELEMENTS_OF_A_TURN / lanes <= MOST_LINES_OF_A_TURN;
    }

    private Optional<Long> fixedExtent() {
        Dim extent = code.loops().getLast();
        return split.equals(Optional.of(last())) || !extent.isFixed() ? Optional.empty() : Optional.of(extent.fixed());
    }

    /** @param elements that there are; -1 if that is known only when it runs */
    private void block(int pass, int vectorsAtOnce, long elements, Runnable inner) {
        for (int vector = 0; vector < vectorsAtOnce; vector++) {
            long left = elements < 0 ? elements : elements - (long) vector * lanes;
            boolean any = elements < 0 || left > 0;
            if (any) {
                Optional<String> under = left >= lanes ? Optional.empty() : Optional.of("m" + vector);
                atVector(vector, under, () -> {
                    under.ifPresent(name -> declareMask(name, left));
                    vectorLocals(pass);
                    inner.run();
                });
            }
        }
    }

    /** From vectors to the number `r`. */
    private void finish(Code.Reduction reduction, int number, boolean inLanes, int vectorsAtOnce) {
        if (number < 0) {
            largest(reduction, vectorsAtOnce);
            return;
        }
        int from = inLanes ? LANES * number : 0;
        for (int vector = 0; vector < vectorsAtOnce; vector++) {
            for (int lane : firstLanes(reduction, vector)) {
                body.addStatement("$L.intoArray($L, $L)", accumulator(reduction, lane), scratchName(), from + lane);
            }
        }
        if (inLanes) {
            combine(reduction, number);
        } else {
            chain(reduction);
        }
    }

    /** One after the other: there are at most sixteen. */
    private void chain(Code.Reduction reduction) {
        var kind = ((Op.Reduce) op(reduction)).reduction();
        long extent = code.loops().getLast().fixed();
        var terms = new ArrayList<CodeBlock>();
        for (int i = 0; i < extent; i++) {
            terms.add(CodeBlock.of("$L[$L]", scratchName(), i));
        }
        body.addStatement(
                "$T r$L = $L",
                accumulator(ElementType.F32),
                reduction.value(),
                CodeBlock.join(
                        terms,
                        switch (kind) {
                            case SUM -> " + ";
                            case PRODUCT -> " * ";
                            case MAXIMUM, MINIMUM -> throw new IllegalArgumentException(kind.toString());
                        }));
    }

    private void largest(Code.Reduction reduction, int vectorsAtOnce) {
        String operator = operator(reduction);
        CodeBlock all = CodeBlock.of("$L", accumulator(reduction, 0));
        for (int vector = 1; vector < vectorsAtOnce; vector++) {
            all = CodeBlock.of(
                    "$L.$L($L)", all, operator.toLowerCase(Locale.ROOT), accumulator(reduction, vector * lanes));
        }
        body.addStatement(
                "$T r$L = $L.reduceLanes($T.$L)",
                accumulator(ElementType.F32),
                reduction.value(),
                all,
                VectorText.OPERATORS,
                operator);
    }
}
