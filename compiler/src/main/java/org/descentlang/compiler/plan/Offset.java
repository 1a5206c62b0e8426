package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.descentlang.compiler.type.Dim;

/**
 * A number of elements: a literal or, where the largest batch is only known when a run starts (`batch full`), a sum of
 * multiples of its powers.
 *
 * @param terms one a power, ascending; none is 0
 */
public record Offset(List<Dim> terms) {
    public static final Offset ZERO = new Offset(List.of());

    public Offset {
        terms = List.copyOf(terms);
    }

    public static Offset of(Dim elements) {
        return ZERO.plus(elements);
    }

    public static Offset of(long elements) {
        return of(Dim.of(elements));
    }

    public Offset plus(long elements) {
        return plus(Dim.of(elements));
    }

    public Offset plus(Dim elements) {
        long factor = elements.factor();
        var sum = new ArrayList<Dim>();
        for (Dim term : terms) {
            if (term.power() == elements.power()) {
                factor = Math.addExact(factor, term.factor());
            } else {
                sum.add(term);
            }
        }
        if (factor != 0) {
            sum.add(new Dim(factor, elements.power()));
        }
        sum.sort(Comparator.comparingInt(Dim::power));
        return new Offset(sum);
    }

    public Offset plus(Offset other) {
        Offset sum = this;
        for (Dim term : other.terms) {
            sum = sum.plus(term);
        }
        return sum;
    }

    public boolean isFixed() {
        return terms.stream().allMatch(Dim::isFixed);
    }

    /** The part that does not depend on the largest batch. */
    public long fixedPart() {
        return terms.stream().filter(Dim::isFixed).mapToLong(Dim::factor).sum();
    }

    public long size(long capacity) {
        return terms.stream().mapToLong(term -> term.size(capacity)).sum();
    }

    @Override
    public String toString() {
        return terms.isEmpty()
                ? "0"
                : String.join(" + ", terms.stream().map(Dim::toString).toList());
    }
}
