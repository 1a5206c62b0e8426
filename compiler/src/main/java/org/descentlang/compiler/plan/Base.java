package org.descentlang.compiler.plan;

/** Where a plan's own memory begins: behind that of the plan around it, or at the start. */
record Base(Offset work, Offset integers) {
    static final Base START = new Base(Offset.ZERO, Offset.ZERO);

    Offset of(Slab slab) {
        return slab == Slab.WORK ? work : integers;
    }
}
