package org.descentlang.compiler.plan;

import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;

/** Where values from outside a program lie and where its outputs go. */
public interface Layout {
    /** Of any read but a SCALAR. */
    Place of(Op.Read read);

    /** Of any output but a RESULT that is a single number: it goes back to the host. */
    Place of(Output output);
}
