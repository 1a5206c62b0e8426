package org.descentlang.compiler.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.Argument;

/** Where a field of `data` reads its file. */
final class ColumnUses {
    static final Set<String> NAMES = Set.of("column", "columns", "image", "label");

    private ColumnUses() {}

    static List<Expression.Call> in(Expression expression) {
        var uses = new ArrayList<Expression.Call>();
        map(expression, use -> {
            uses.add(use);
            return use;
        });
        return uses;
    }

    static Expression replace(Expression expression, Expression.Call use, Expression by) {
        return map(expression, found -> found.equals(use) ? by : found);
    }

    /** Looks into what can be calculated with numbers; a field needs no more. */
    private static Expression map(Expression expression, Function<Expression.Call, Expression> change) {
        UnaryOperator<Expression> inner = operand -> map(operand, change);
        return switch (expression) {
            case Expression.Call call when NAMES.contains(call.callee().text()) -> change.apply(call);
            case Expression.Call(var callee, var arguments, boolean piped, var span) ->
                new Expression.Call(
                        callee,
                        arguments.stream()
                                .map(argument -> new Argument(argument.name(), inner.apply(argument.value())))
                                .toList(),
                        piped,
                        span);
            case Expression.Unary(var operator, var operand, var span) ->
                new Expression.Unary(operator, inner.apply(operand), span);
            case Expression.Binary(var operator, var left, var right, var operatorSpan, var span) ->
                new Expression.Binary(operator, inner.apply(left), inner.apply(right), operatorSpan, span);
            case Expression.Index(var target, var subscripts, var span) ->
                new Expression.Index(inner.apply(target), subscripts, span);
            case Expression.Number _,
                    Expression.Quantity _,
                    Expression.Text _,
                    Expression.Truth _,
                    Expression.Reference _,
                    Expression.Path _,
                    Expression.All _,
                    Expression.Leading _,
                    Expression.Array _,
                    Expression.Tuple _,
                    Expression.Range _,
                    Expression.Then _,
                    Expression.Member _,
                    Expression.Scan _ -> expression;
        };
    }
}
