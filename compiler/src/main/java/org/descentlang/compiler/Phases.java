package org.descentlang.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs the phases of one compilation, keeping the time of each and the name of the current one. */
final class Phases {
    private final List<PhaseTiming> timings = new ArrayList<>();
    private String current = "start";

    <T> T run(String phase, Supplier<T> work) {
        current = phase;
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            timings.add(new PhaseTiming(phase, System.nanoTime() - start));
        }
    }

    String current() {
        return current;
    }

    List<PhaseTiming> timings() {
        return List.copyOf(timings);
    }
}
