package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Kernel;

/** Sums over leading axes with vectors: columns stay in registers while the rows go by. */
final class VectorColumnsWriter extends VectorKernelWriter {
    /** Vectors of columns that are added up side by side, to hide the latency of an addition. */
    private static final int COLUMN_VECTORS = 4;

    private VectorColumnsWriter(Operands operands, Kernel.Columns columns, int lanes) {
        super(operands, columns.code(), false, splitOf(columns), lanes);
    }

    static KernelMethod columns(Operands operands, Kernel.Columns columns, int lanes) {
        var writer = new VectorColumnsWriter(operands, columns, lanes);
        writer.columns(columns);
        return writer.method(columns.name(), TypeName.VOID);
    }

    /** Sums over leading axes: columns stay in registers while the rows go by. */
    private void columns(Kernel.Columns columns) {
        var kept = loops(columns, true);
        var reduced = loops(columns, false);
        locals(0, -1);
        kept.forEach(this::openOne);
        int wide = lanes * COLUMN_VECTORS;
        open(start(last()), " <= " + end(last()) + " - " + wide, wide);
        tile(columns, reduced, COLUMN_VECTORS, false);
        close(1);
        open(leftover(wide), " <= " + end(last()) + " - " + lanes, lanes);
        tile(columns, reduced, 1, false);
        close(1);
        open(leftover(lanes), " < " + end(last()), lanes);
        tile(columns, reduced, 1, true);
        close(1);
        close(kept.size());
    }

    private List<Integer> loops(Kernel.Columns columns, boolean kept) {
        return IntStream.range(0, last())
                .filter(loop -> columns.result().uses(loop) == kept)
                .boxed()
                .toList();
    }

    private void openOne(int loop) {
        body.beginControlFlow(
                "for (int $1L = $2L; $1L < $3L; $1L++)", Positions.variable(loop), start(loop), end(loop));
    }

    private void tile(Kernel.Columns columns, List<Integer> reduced, int wide, boolean masked) {
        Code.Reduction sum = new Code.Reduction(
                columns.value(), code.passes().getFirst().stores().getFirst().line(), Affine.ZERO);
        accumulators = wide;
        for (int vector = 0; vector < wide; vector++) {
            declare(sum, vector);
        }
        if (masked) {
            declareMask("m0", -1);
        }
        reduced.forEach(this::openOne);
        for (int depth = 1; depth <= last(); depth++) {
            locals(depth, depth <= code.rowLoops() ? -1 : 0);
        }
        each(wide, masked, () -> {
            vectorLocals(0);
            reduce(sum);
        });
        close(reduced.size());
        each(
                wide,
                masked,
                () -> body.addStatement(
                        "$L.intoArray($L, $L$L)",
                        accumulator(sum, shift),
                        operands.array(columns.value()),
                        position(columns.value(), columns.result(), shift),
                        mask("$L")));
    }

    private void each(int vectorsAtOnce, boolean masked, Runnable inner) {
        for (int vector = 0; vector < vectorsAtOnce; vector++) {
            atVector(vector, masked ? Optional.of("m0") : Optional.empty(), inner);
        }
    }
}
