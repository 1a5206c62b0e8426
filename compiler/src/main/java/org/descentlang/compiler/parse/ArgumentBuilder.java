package org.descentlang.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.Argument;
import org.descentlang.compiler.ast.Expression.Subscript;
import org.descentlang.compiler.source.Span;
import org.descentlang.grammar.DescentParser.AllValueContext;
import org.descentlang.grammar.DescentParser.ArgumentContext;
import org.descentlang.grammar.DescentParser.ArgumentsContext;
import org.descentlang.grammar.DescentParser.BetweenContext;
import org.descentlang.grammar.DescentParser.LeadingValueContext;
import org.descentlang.grammar.DescentParser.NameContext;
import org.descentlang.grammar.DescentParser.PipeContext;
import org.descentlang.grammar.DescentParser.PlainValueContext;
import org.descentlang.grammar.DescentParser.PositionContext;
import org.descentlang.grammar.DescentParser.SubscriptContext;
import org.descentlang.grammar.DescentParserBaseVisitor;
import org.jspecify.annotations.Nullable;

/** What stands between the parentheses of a call or the brackets of an index. */
final class ArgumentBuilder extends DescentParserBaseVisitor<Expression> {
    private final ExpressionBuilder expressions;

    ArgumentBuilder(ExpressionBuilder expressions) {
        this.expressions = expressions;
    }

    /** A call that may lack its parentheses: `relu`, `dense(10)`. */
    Expression.Call call(NameContext callee, @Nullable ArgumentsContext arguments) {
        Span span = arguments == null ? Places.of(callee) : Places.of(callee).to(Places.of(arguments));
        return new Expression.Call(Places.name(callee), arguments(arguments), false, span);
    }

    /** `x |> f(a)`, which is `f(x, a)`. */
    Expression.Call pipe(Expression first, PipeContext tree) {
        var arguments = new ArrayList<Argument>();
        arguments.add(new Argument(Optional.empty(), first));
        arguments.addAll(arguments(tree.arguments()));
        return new Expression.Call(Places.name(tree.name()), List.copyOf(arguments), true, Places.of(tree));
    }

    List<Subscript> subscripts(List<SubscriptContext> trees) {
        return trees.stream().map(this::subscript).toList();
    }

    @Override
    public Expression visitAllValue(AllValueContext tree) {
        return new Expression.All(Places.name(tree.name()), Places.of(tree));
    }

    @Override
    public Expression visitLeadingValue(LeadingValueContext tree) {
        return new Expression.Leading(Places.of(tree));
    }

    @Override
    public Expression visitPlainValue(PlainValueContext tree) {
        Expression low = expressions.build(tree.expression(0));
        return tree.DOTDOT() == null
                ? low
                : new Expression.Range(low, expressions.build(tree.expression(1)), Places.of(tree));
    }

    private List<Argument> arguments(@Nullable ArgumentsContext tree) {
        return tree == null
                ? List.of()
                : tree.argument().stream().map(this::argument).toList();
    }

    private Argument argument(ArgumentContext tree) {
        return new Argument(
                Optional.ofNullable(tree.name()).map(Places::name), tree.value().accept(this));
    }

    private Subscript subscript(SubscriptContext tree) {
        return switch (tree) {
            case PositionContext position -> new Subscript.At(expressions.build(position.expression()));
            case BetweenContext between -> between(between);
            default -> throw new IllegalStateException("no subscript: " + tree.getText());
        };
    }

    private Subscript between(BetweenContext tree) {
        Optional<Expression> low = Optional.empty();
        Optional<Expression> high = Optional.empty();
        for (var bound : tree.expression()) {
            if (bound.getStart().getTokenIndex() < tree.DOTDOT().getSymbol().getTokenIndex()) {
                low = Optional.of(expressions.build(bound));
            } else {
                high = Optional.of(expressions.build(bound));
            }
        }
        return low.isEmpty() && high.isEmpty()
                ? new Subscript.Rest(Places.of(tree))
                : new Subscript.Between(low, high, Places.of(tree));
    }
}
