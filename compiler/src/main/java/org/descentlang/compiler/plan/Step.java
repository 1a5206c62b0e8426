package org.descentlang.compiler.plan;

import java.util.List;
import org.descentlang.compiler.type.Dim;

/** One thing after another that a program is carried out by. */
public sealed interface Step permits Step.Scalars, Step.Loop, Kernel {
    /** Values that this step computes, in program order. */
    List<Integer> results();

    /**
     * A plan that is carried out once in each turn.
     *
     * @param name of the loop and of the number of the element that a turn computes
     * @param before copies of what the first turn is given to where every turn finds it
     */
    record Loop(String name, int turns, boolean backwards, List<Copy> before, Plan body, List<Integer> results)
            implements Step {
        public Loop {
            before = List.copyOf(before);
            results = List.copyOf(results);
        }
    }

    /** Of {@code count} elements. */
    record Copy(Place from, Place to, Dim count) {}

    /** Single numbers, computed by the host. */
    record Scalars(List<Integer> results) implements Step {
        public Scalars {
            results = List.copyOf(results);
        }
    }
}
