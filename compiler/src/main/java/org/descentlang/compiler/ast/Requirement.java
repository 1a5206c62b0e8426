package org.descentlang.compiler.ast;

import java.util.List;
import org.descentlang.compiler.source.Span;

/** `0 <= beta1 < 1` after the parameters of a definition: what its arguments have to be. */
public record Requirement(List<Comparison> comparisons, Span span) {
    public Requirement {
        comparisons = List.copyOf(comparisons);
    }

    /** As written, on one line. */
    public String text() {
        return span.text().replaceAll("\\s+", " ");
    }

    /** Two neighbours of the chain: {@code smaller <= larger}, or {@code <} if {@code strict}. */
    public record Comparison(Bound smaller, boolean strict, Bound larger) {}

    public sealed interface Bound {
        record Number(double value) implements Bound {}

        record Argument(Name name) implements Bound {}
    }
}
