package org.descentlang.compiler.plan;

import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.pass.Pipeline;

/** What is planned of a program: fewer operations with the same results, and gradients that are values of their own. */
public final class Prepared {
    private Prepared() {}

    public static Program of(Program program) {
        return GradientCopies.explicit(Pipeline.optimize(program));
    }
}
