package org.descentlang.compiler.lower;

import java.util.Optional;
import org.descentlang.compiler.source.Span;

/** What is known at compile time of the whole numbers in a tensor. */
sealed interface Bound {
    Bound UNKNOWN = new Unknown();

    static Bound only(long value) {
        return new Between(value, value, Optional.empty());
    }

    static Bound below(long count) {
        return new Between(0, count - 1, Optional.empty());
    }

    record Unknown() implements Bound {}

    /** All are {@code low .. high}; {@code said} is where, if it was written down. */
    record Between(long low, long high, Optional<Span> said) implements Bound {
        boolean isWithin(long count) {
            return low >= 0 && high < count;
        }

        @Override
        public String toString() {
            return low == high ? Long.toString(low) : low + " to " + high;
        }
    }

    /** Whatever the input of this name is given: who gives it is told what it may be. */
    record Input(String name) implements Bound {}
}
