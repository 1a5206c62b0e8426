package org.descentlang.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.ast.Requirement;
import org.descentlang.compiler.ast.Requirement.Bound;
import org.descentlang.compiler.ast.Requirement.Comparison;
import org.descentlang.compiler.ast.Requirement.Condition;
import org.descentlang.compiler.ast.Requirement.Divides;
import org.descentlang.compiler.ast.Requirement.Whole;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.grammar.DescentLexer;
import org.descentlang.grammar.DescentParser.BoundContext;
import org.descentlang.grammar.DescentParser.NameContext;
import org.descentlang.grammar.DescentParser.RequirementContext;
import org.descentlang.grammar.DescentParser.RequirementsContext;
import org.jspecify.annotations.Nullable;

/** ANTLR's trees of `require lr >= 0, 0 <= beta1 < 1` to ours. */
final class RequirementBuilder {
    private final Literals literals;

    RequirementBuilder(Problems problems) {
        this.literals = new Literals(problems);
    }

    List<Requirement> build(@Nullable RequirementsContext tree) {
        return tree == null
                ? List.of()
                : tree.requirement().stream().map(this::requirement).toList();
    }

    private Requirement requirement(RequirementContext tree) {
        if (tree.WHOLE() != null) {
            return new Requirement(List.of(new Whole(named(tree.name()))), Places.of(tree));
        }
        List<Bound> bounds = tree.bound().stream().map(this::bound).toList();
        if (tree.DIVIDES() != null) {
            return new Requirement(List.of(new Divides(bounds.getFirst(), bounds.getLast())), Places.of(tree));
        }
        var comparisons = new ArrayList<Condition>();
        for (int i = 0; i < tree.order().size(); i++) {
            int order = tree.order(i).getStart().getType();
            boolean strict = order == DescentLexer.LESS || order == DescentLexer.GREATER;
            boolean rising = order == DescentLexer.LESS || order == DescentLexer.LESS_OR_EQUAL;
            Bound left = bounds.get(i);
            Bound right = bounds.get(i + 1);
            comparisons.add(rising ? new Comparison(left, strict, right) : new Comparison(right, strict, left));
        }
        return new Requirement(comparisons, Places.of(tree));
    }

    private Bound bound(BoundContext tree) {
        return tree.name() == null ? new Bound.Number(literals.bound(tree)) : named(tree.name());
    }

    private static Bound.Named named(NameContext tree) {
        return new Bound.Named(Places.name(tree));
    }
}
