package org.descentlang.compiler.plan;

import java.util.OptionalInt;
import org.descentlang.compiler.type.Dim;

/** The largest batch that a plan's memory is for: a number, or known when a run starts. */
public record Capacity(OptionalInt rows) {
    /** What decisions are based on where the number is not known. */
    private static final int TYPICAL = 1024;

    public static Capacity of(int rows) {
        return new Capacity(OptionalInt.of(rows));
    }

    /** A size, as a number if it is known. */
    public Dim resolve(Dim size) {
        return rows.isPresent() ? Dim.of(size.size(rows.getAsInt())) : size;
    }

    public long estimate(Dim size) {
        return size.size(rows.orElse(TYPICAL));
    }
}
