package org.descentlang.compiler.plan;

import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.pass.OutOfLoops;
import org.descentlang.compiler.pass.Pipeline;
import org.descentlang.compiler.pass.Repetition;
import org.descentlang.compiler.pass.Unrolling;

/** What is planned of a program: fewer operations with the same results, and gradients that are values of their own. */
public final class Prepared {
    private Prepared() {}

    /** Without loops. */
    public static Program of(Program program) {
        return finished(Unrolling.unroll(OutOfLoops.move(program)));
    }

    /** With loops where memory has a fixed size and what the turns read lies at even distances. */
    public static Program of(Program program, Capacity capacity, Layout layout) {
        if (capacity.rows().isEmpty()) {
            return of(program);
        }
        Program folded = Repetition.fold(program);
        boolean repeats = StackedPlaces.areEven(folded, layout);
        return repeats || StackedPlaces.areEven(program, layout)
                ? finished(OutOfLoops.move(repeats ? folded : program))
                : of(program);
    }

    private static Program finished(Program program) {
        return GradientCopies.explicit(Pipeline.optimize(program));
    }
}
