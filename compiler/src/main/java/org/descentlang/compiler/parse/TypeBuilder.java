package org.descentlang.compiler.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Name;
import org.descentlang.compiler.ast.TypeExpression;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.grammar.DescentParser.DimensionContext;
import org.descentlang.grammar.DescentParser.TypeContext;
import org.jspecify.annotations.Nullable;

/** ANTLR's trees of types to ours. */
final class TypeBuilder {
    private final ExpressionBuilder expressions;

    TypeBuilder(ExpressionBuilder expressions) {
        this.expressions = expressions;
    }

    Optional<TypeExpression> maybe(@Nullable TypeContext tree) {
        return Optional.ofNullable(tree).map(this::build);
    }

    TypeExpression build(TypeContext tree) {
        Name name = Places.name(tree.name());
        boolean tensor = tree.LEFT_BRACKET() != null || isElement(name.text());
        return tensor
                ? new TypeExpression.Tensor(name, dimensions(tree.dimension()), Places.of(tree))
                : new TypeExpression.Named(name);
    }

    private static boolean isElement(String word) {
        return Arrays.stream(ElementType.values()).anyMatch(type -> type.text().equals(word));
    }

    private List<Expression> dimensions(List<DimensionContext> trees) {
        return trees.stream().map(this::dimension).toList();
    }

    private Expression dimension(DimensionContext tree) {
        return tree.expression() == null
                ? new Expression.Leading(Places.of(tree))
                : expressions.build(tree.expression());
    }
}
