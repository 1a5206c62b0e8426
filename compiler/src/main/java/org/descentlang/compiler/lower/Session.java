package org.descentlang.compiler.lower;

import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.names.Declarations;

/** What everything that is evaluated for one file has in common. */
public record Session(Declarations declarations, Overrides overrides, Problems problems, Budget budget) {
    /** With a whole budget. */
    public Session(Declarations declarations, Overrides overrides, Problems problems) {
        this(declarations, overrides, problems, new Budget());
    }

    /** For what is only tried: at the same cost, and nobody hears what is wrong with it. */
    public Session silent() {
        return new Session(declarations, overrides, new Problems(), budget);
    }
}
