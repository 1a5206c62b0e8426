package org.descentlang.compiler.lower;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.Span;

/**
 * What is known of an axis beside its size.
 *
 * @param tags the dimension names that denote it, by which `over = n` finds it
 * @param written where its size stands in the source, for messages
 */
public record Axis(Set<Tag> tags, Optional<Span> written) {
    public static final Axis PLAIN = new Axis(Set.of(), Optional.empty());

    public Axis {
        tags = Set.copyOf(tags);
    }

    Axis tagged(Tag tag) {
        var more = new HashSet<>(tags);
        more.add(tag);
        return new Axis(more, written);
    }

    /** The problem, pointing also at where the size was written. */
    Problem pointed(Problem problem, String text) {
        return written.map(span -> problem.also(span, text)).orElse(problem);
    }

    /** The axis of a result that both operands share. */
    Axis merge(Axis other) {
        var both = new HashSet<>(tags);
        both.addAll(other.tags);
        return new Axis(both, written.or(other::written));
    }
}
