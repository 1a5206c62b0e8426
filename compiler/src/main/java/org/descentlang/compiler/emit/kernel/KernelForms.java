package org.descentlang.compiler.emit.kernel;

import java.util.Optional;
import java.util.function.IntFunction;
import org.descentlang.compiler.plan.Code;
import org.descentlang.compiler.plan.Kernel;

/**
 * A kernel that is written as loops, in its forms.
 *
 * @param vectors for vectors of so many lanes, if there is such a form
 */
public record KernelForms(KernelMethod plain, Optional<IntFunction<KernelMethod>> vectors) {
    static KernelForms of(Operands operands, Kernel kernel) {
        return switch (kernel) {
            case Kernel.Rows rows -> rows(operands, rows);
            case Kernel.Columns columns ->
                new KernelForms(
                        PlainKernelWriter.columns(operands, columns),
                        when(
                                Vectorizable.isVectorizable(operands.plan(), columns),
                                lanes -> VectorColumnsWriter.columns(operands, columns, lanes)));
            case Kernel.Fold fold ->
                new KernelForms(
                        PlainKernelWriter.fold(operands, fold),
                        when(
                                Vectorizable.isVectorizable(operands.plan(), fold.code()),
                                lanes -> VectorRowsWriter.fold(operands, fold, lanes)));
            case Kernel.Library library ->
                new KernelForms(
                        SmallProduct.plain(operands, library),
                        Optional.of(lanes -> SmallProduct.vectors(operands, library, lanes)));
            case Kernel.Assembly _, Kernel.Commit _ -> throw new IllegalArgumentException(kernel.name());
        };
    }

    private static KernelForms rows(Operands operands, Kernel.Rows rows) {
        var shortRows = new ShortRows(operands.plan(), rows);
        return shortRows.haveVectors()
                ? new KernelForms(
                        PlainKernelWriter.rows(operands, rows.name(), rows.code()),
                        Optional.of(lanes -> ShortRowsWriter.rows(operands, rows, lanes)))
                : elementWise(operands, rows.name(), rows.code());
    }

    static KernelForms elementWise(Operands operands, String name, Code code) {
        return new KernelForms(
                PlainKernelWriter.rows(operands, name, code),
                when(
                        Vectorizable.isVectorizable(operands.plan(), code),
                        lanes -> VectorRowsWriter.rows(operands, name, code, lanes)));
    }

    private static Optional<IntFunction<KernelMethod>> when(boolean vectorizable, IntFunction<KernelMethod> form) {
        return vectorizable ? Optional.of(form) : Optional.empty();
    }
}
