package org.descentlang.compiler.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.type.Dim;

/**
 * Where the first element of a value lies; the others follow in row-major order, without gaps for the current rows.
 *
 * @param strides how it moves on with the turns of loops around
 */
public record Place(Slab slab, Offset offset, List<Stride> strides) {
    /**
     * @param counter the loop's number of the element that is computed, by the name of the loop
     * @param elements from where one is to where the next is, without gaps for the rows at hand
     */
    public record Stride(String counter, int turns, Dim elements) {}

    public Place {
        strides = List.copyOf(strides);
    }

    public Place(Slab slab, Offset offset) {
        this(slab, offset, List.of());
    }

    public Place(Slab slab, long offset) {
        this(slab, Offset.of(offset));
    }

    Place in(Stride stride) {
        return new Place(
                slab, offset, Stream.concat(strides.stream(), Stream.of(stride)).toList());
    }

    /** Elements from the first turn's place to the last one's. */
    long reach(Capacity capacity) {
        return strides.stream()
                .mapToLong(stride -> (stride.turns - 1) * capacity.estimate(stride.elements))
                .sum();
    }

    @Override
    public String toString() {
        String moving = strides.stream()
                .map(stride -> " + " + stride.elements + " * " + stride.counter)
                .collect(Collectors.joining());
        return slab.text() + "[" + offset + moving + "]";
    }
}
