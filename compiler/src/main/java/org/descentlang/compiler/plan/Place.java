package org.descentlang.compiler.plan;

/** Where the first element of a value lies; the others follow in row-major order, without gaps for the rows at hand. */
public record Place(Slab slab, long offset) {
    public Place plus(long elements) {
        return new Place(slab, offset + elements);
    }

    @Override
    public String toString() {
        return slab.text() + "[" + offset + "]";
    }
}
