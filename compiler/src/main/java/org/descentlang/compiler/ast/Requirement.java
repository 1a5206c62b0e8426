package org.descentlang.compiler.ast;

import java.util.List;
import org.descentlang.compiler.source.Span;

/**
 * `0 <= beta1 < 1`, `whole k` or `groups divides units` after the parameters of a definition: what its arguments have
 * to be.
 */
public record Requirement(List<Condition> conditions, Span span) {
    public Requirement {
        conditions = List.copyOf(conditions);
    }

    /** As written, on one line. */
    public String text() {
        return span.text().replaceAll("\\s+", " ");
    }

    /** A requirement is made of these. */
    public sealed interface Condition {
        /** What is compared, or has to be a whole number. */
        List<Bound> bounds();
    }

    /** Two neighbours of the chain: {@code smaller <= larger}, or {@code <} if {@code strict}. */
    public record Comparison(Bound smaller, boolean strict, Bound larger) implements Condition {
        @Override
        public List<Bound> bounds() {
            return List.of(smaller, larger);
        }
    }

    /** An argument that is a whole number. */
    public record Whole(Bound.Named argument) implements Condition {
        @Override
        public List<Bound> bounds() {
            return List.of(argument);
        }
    }

    /** A number, an argument or a size, and one that is a multiple of it. */
    public record Divides(Bound divisor, Bound multiple) implements Condition {
        @Override
        public List<Bound> bounds() {
            return List.of(divisor, multiple);
        }
    }

    /** A number, or the name of an argument or of a size of one. */
    public sealed interface Bound {
        record Number(double value) implements Bound {}

        record Named(Name name) implements Bound {}
    }
}
