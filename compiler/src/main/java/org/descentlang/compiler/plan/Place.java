package org.descentlang.compiler.plan;

/** Where the first element of a value lies; the others follow in row-major order, without gaps for the rows at hand. */
public record Place(Slab slab, Offset offset) {
    public Place(Slab slab, long offset) {
        this(slab, Offset.of(offset));
    }

    @Override
    public String toString() {
        return slab.text() + "[" + offset + "]";
    }
}
