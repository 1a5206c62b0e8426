package org.descentlang.compiler.parse;

import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentParser;
import org.jspecify.annotations.Nullable;

/** Where things stand. */
final class Places {
    private Places() {}

    static Span of(Token token) {
        return ((Word) token).place();
    }

    static Span of(ParserRuleContext tree) {
        return of(tree.getStart()).to(of(tree.getStop()));
    }

    static Name name(DescentParser.NameContext tree) {
        Span span = of(tree);
        return Name.of(span.text(), span);
    }

    static Optional<Direction> direction(DescentParser.@Nullable DirectionContext tree) {
        return Optional.ofNullable(tree)
                .map(direction -> direction.LOWEST() == null ? Direction.HIGHEST : Direction.LOWEST);
    }

    /** Names joined by dots, perhaps only one. */
    static Expression.Path path(DescentParser.PathContext tree) {
        return new Expression.Path(tree.name().stream().map(Places::name).toList(), of(tree));
    }
}
