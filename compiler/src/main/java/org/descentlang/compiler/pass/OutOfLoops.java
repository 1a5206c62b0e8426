package org.descentlang.compiler.pass;

import org.descentlang.compiler.ir.Program;

/** Takes out of loops what can be computed for all turns at once: before them, or after them. */
public final class OutOfLoops {
    private OutOfLoops() {}

    public static Program move(Program program) {
        return AfterLoops.move(BeforeLoops.move(program));
    }
}
