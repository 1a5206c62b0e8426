package org.descentlang.compiler.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.descentlang.compiler.ir.Program;

/**
 * How a program is carried out: which kernels run in which order over which memory. The targets print it and decide
 * nothing.
 *
 * @param capacity the largest batch that fits; a step says how many rows it has
 * @param steps in order of execution
 * @param commits copies of results that may only be written when everything else has run
 * @param places where values that are in memory lie
 * @param fetches where the host finds operands of its scalars that kernels compute
 * @param work elements of {@link Slab#WORK}
 * @param workWithoutReuse what it would be if every value had memory of its own
 * @param integers elements of {@link Slab#INTEGERS}
 */
public record Plan(
        String name,
        Program program,
        Capacity capacity,
        List<Step> steps,
        List<Kernel.Commit> commits,
        Map<Integer, Place> places,
        Map<Integer, Fetch> fetches,
        Offset work,
        Offset workWithoutReuse,
        Offset integers) {
    public Plan {
        steps = List.copyOf(steps);
        commits = List.copyOf(commits);
        places = Map.copyOf(places);
        fetches = Map.copyOf(fetches);
    }

    /** An element in memory that the host reads as a scalar. */
    public record Fetch(int value, long offset) {}

    public Optional<Place> placeOf(int value) {
        return Optional.ofNullable(places.get(value));
    }

    public Place place(int value) {
        return placeOf(value)
                .orElseThrow(() -> new IllegalStateException("%" + value + " of " + name + " is not in memory"));
    }

    public Stream<Kernel> kernels() {
        return steps.stream().filter(Kernel.class::isInstance).map(Kernel.class::cast);
    }
}
