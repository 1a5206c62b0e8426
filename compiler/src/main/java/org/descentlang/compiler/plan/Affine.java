package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.type.Dim;

/**
 * A position as a sum over loop variables: {@code 256 * i + j + 3}. Terms have distinct atoms and powers of `batch`.
 */
public record Affine(List<Term> terms) {
    public static final Affine ZERO = new Affine(List.of());

    public record Term(Dim coefficient, Atom atom) {}

    /** What a coefficient multiplies. */
    public sealed interface Atom {}

    /** Nothing: the term is a constant. */
    public record One() implements Atom {}

    /** A loop variable of the kernel, by its number. */
    public record Variable(int number) implements Atom {}

    /** What a reshape that does not follow the loops leads to. */
    public record Quotient(Affine dividend, Dim divisor) implements Atom {}

    public record Remainder(Affine dividend, Dim divisor) implements Atom {}

    public Affine {
        terms = List.copyOf(terms);
    }

    public static Affine variable(int number) {
        return new Affine(List.of(new Term(Dim.ONE, new Variable(number))));
    }

    public static Affine constant(long value) {
        return value == 0 ? ZERO : new Affine(List.of(new Term(Dim.of(value), new One())));
    }

    public Affine plus(Affine other) {
        var sum = new ArrayList<>(terms);
        for (Term term : other.terms) {
            add(sum, term);
        }
        return new Affine(sum);
    }

    public Affine times(Dim factor) {
        return factor.factor() == 0
                ? ZERO
                : new Affine(terms.stream()
                        .map(term -> new Term(term.coefficient.times(factor), term.atom))
                        .toList());
    }

    /** The whole quotient by {@code divisor}, where each variable runs below its extent. */
    public Affine quotient(Dim divisor, List<Dim> extents) {
        if (divisor.isOne()) {
            return this;
        }
        if (!splits(divisor, extents)) {
            return new Affine(List.of(new Term(Dim.ONE, new Quotient(this, divisor))));
        }
        return new Affine(terms.stream()
                .filter(term -> divides(divisor, term.coefficient))
                .map(term -> new Term(ratio(term.coefficient, divisor), term.atom))
                .toList());
    }

    public Affine remainder(Dim divisor, List<Dim> extents) {
        if (divisor.isOne()) {
            return ZERO;
        }
        if (!splits(divisor, extents)) {
            return new Affine(List.of(new Term(Dim.ONE, new Remainder(this, divisor))));
        }
        return new Affine(terms.stream()
                .filter(term -> !divides(divisor, term.coefficient))
                .toList());
    }

    /** The coefficient of a variable that stands alone; a zero dimension if there is none. */
    public Dim coefficient(int variable) {
        return terms.stream()
                .filter(term -> term.atom.equals(new Variable(variable)))
                .map(Term::coefficient)
                .findFirst()
                .orElse(Dim.of(0));
    }

    /** Whether the variable occurs, also inside a quotient or a remainder. */
    public boolean uses(int variable) {
        return terms.stream().anyMatch(term -> switch (term.atom) {
            case One _ -> false;
            case Variable v -> v.number == variable;
            case Quotient q -> q.dividend.uses(variable);
            case Remainder r -> r.dividend.uses(variable);
        });
    }

    /** Whether the number of rows does not matter, given the loop variables. */
    public boolean isFixed() {
        return terms.stream()
                .allMatch(term -> term.coefficient.isFixed()
                        && switch (term.atom) {
                            case One _, Variable _ -> true;
                            case Quotient q -> q.dividend.isFixed() && q.divisor.isFixed();
                            case Remainder r -> r.dividend.isFixed() && r.divisor.isFixed();
                        });
    }

    /** Whether the variable occurs, if at all, in one term. */
    boolean isPlainIn(int variable) {
        return terms.stream()
                        .filter(term -> term.atom.equals(new Variable(variable)))
                        .count()
                <= 1;
    }

    /** The same sum without a variable. */
    Affine without(int variable) {
        return rewrite(term -> term.atom.equals(new Variable(variable)) ? new Term(Dim.of(0), term.atom) : term);
    }

    /** Variable {@code order[i]} becomes variable {@code i}. */
    Affine renumbered(List<Integer> order) {
        return rewrite(term -> term.atom instanceof Variable(int number)
                ? new Term(term.coefficient, new Variable(order.indexOf(number)))
                : term);
    }

    /** This sum and every sum inside it. */
    public List<Affine> nested() {
        var all = new ArrayList<Affine>();
        all.add(this);
        for (Term term : terms) {
            switch (term.atom) {
                case One _, Variable _ -> {}
                case Quotient q -> all.addAll(q.dividend.nested());
                case Remainder r -> all.addAll(r.dividend.nested());
            }
        }
        return all;
    }

    private Affine rewrite(UnaryOperator<Term> change) {
        var changed = new ArrayList<Term>();
        for (Term term : terms) {
            Atom atom = switch (term.atom) {
                case One one -> one;
                case Variable variable -> variable;
                case Quotient q -> new Quotient(q.dividend.rewrite(change), q.divisor);
                case Remainder r -> new Remainder(r.dividend.rewrite(change), r.divisor);
            };
            add(changed, change.apply(new Term(term.coefficient, atom)));
        }
        return new Affine(changed);
    }

    /**
     * Whether the terms that {@code divisor} does not divide stay below it: they form a mixed radix, in which each
     * coefficient times its variable's extent divides the next larger coefficient.
     */
    private boolean splits(Dim divisor, List<Dim> extents) {
        var low = new ArrayList<>(terms.stream()
                .filter(term -> !divides(divisor, term.coefficient))
                .toList());
        low.sort(Comparator.comparingInt((Term term) -> term.coefficient.power())
                .thenComparingLong(term -> term.coefficient.factor())
                .reversed());
        Dim above = divisor;
        for (Term term : low) {
            boolean fits = term.atom instanceof Variable(int number)
                    && divides(term.coefficient.times(extents.get(number)), above);
            if (!fits) {
                return false;
            }
            above = term.coefficient;
        }
        return true;
    }

    private static boolean divides(Dim divisor, Dim dividend) {
        return divisor.power() <= dividend.power() && dividend.factor() % divisor.factor() == 0;
    }

    private static Dim ratio(Dim dividend, Dim divisor) {
        return new Dim(dividend.factor() / divisor.factor(), dividend.power() - divisor.power());
    }

    private static void add(List<Term> sum, Term added) {
        if (added.coefficient.factor() == 0) {
            return;
        }
        for (int i = 0; i < sum.size(); i++) {
            Term term = sum.get(i);
            if (term.atom.equals(added.atom) && term.coefficient.power() == added.coefficient.power()) {
                long factor = Math.addExact(term.coefficient.factor(), added.coefficient.factor());
                sum.set(i, new Term(new Dim(factor, term.coefficient.power()), term.atom));
                return;
            }
        }
        sum.add(added);
    }
}
