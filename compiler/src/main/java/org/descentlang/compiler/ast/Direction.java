package org.descentlang.compiler.ast;

import java.util.Locale;

/** Which values of a metric are better. */
public enum Direction {
    LOWEST,
    HIGHEST;

    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** That of the negated metric. */
    public Direction opposite() {
        return switch (this) {
            case LOWEST -> HIGHEST;
            case HIGHEST -> LOWEST;
        };
    }
}
