package org.descentlang.compiler.plan;

import java.util.List;

/** One thing after another that a program is carried out by. */
public sealed interface Step permits Step.Scalars, Kernel {
    /** Values that this step computes, in program order. */
    List<Integer> results();

    /** Single numbers, computed by the host. */
    record Scalars(List<Integer> results) implements Step {
        public Scalars {
            results = List.copyOf(results);
        }
    }
}
