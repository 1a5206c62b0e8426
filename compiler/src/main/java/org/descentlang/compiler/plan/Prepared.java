package org.descentlang.compiler.plan;

import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.pass.Pipeline;
import org.descentlang.compiler.pass.Repetition;
import org.descentlang.compiler.pass.Unrolling;

/** What is planned of a program: fewer operations with the same results, and gradients that are values of their own. */
public final class Prepared {
    private Prepared() {}

    /** Without loops. */
    public static Program of(Program program) {
        return GradientCopies.explicit(Pipeline.optimize(Unrolling.unroll(program)));
    }

    /** With loops where memory has a fixed size and what the turns read lies at even distances. */
    public static Program of(Program program, Capacity capacity, Layout layout) {
        Program folded = Repetition.fold(program);
        return capacity.rows().isPresent() && StackedPlaces.areEven(folded, layout)
                ? GradientCopies.explicit(Pipeline.optimize(folded))
                : of(program);
    }
}
