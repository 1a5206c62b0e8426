package org.descentlang.compiler.train;

import static org.descentlang.compiler.ast.Direction.LOWEST;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.descentlang.compiler.ast.Declaration.Definition;
import org.descentlang.compiler.ast.Declaration.Kind;
import org.descentlang.compiler.ast.Direction;
import org.descentlang.compiler.ast.Expression;
import org.descentlang.compiler.ast.Expression.UnaryOperator;
import org.descentlang.compiler.names.Declarations;

/**
 * Which values of a metric are better, where that follows from what declarations say and from rising functions of it.
 */
record MetricDirection(Declarations declarations) {
    private static final Set<String> RISING = Set.of("sqrt", "log", "log1p", "exp", "expm1");

    Optional<Direction> of(Expression metric) {
        return switch (metric) {
            case Expression.Call call -> call(call);
            case Expression.Unary(var operator, var operand, var _)
            when operator == UnaryOperator.NEGATE -> of(operand).map(Direction::opposite);
            case Expression.Binary binary -> binary(binary);
            default -> Optional.empty();
        };
    }

    private Optional<Direction> call(Expression.Call call) {
        String name = call.callee().text();
        Optional<Definition> called =
                declarations.definition(List.of(Kind.METRIC, Kind.LOSS, Kind.FUNCTION), call.callee());
        if (called.isEmpty()) {
            return RISING.contains(name) && call.arguments().size() == 1
                    ? of(call.arguments().getFirst().value())
                    : Optional.empty();
        }
        return called.get().kind() == Kind.LOSS
                ? Optional.of(LOWEST)
                : called.get().direction();
    }

    private Optional<Direction> binary(Expression.Binary binary) {
        Expression left = binary.left();
        Expression right = binary.right();
        return switch (binary.operator()) {
            case ADD -> sum(left, right, of(right));
            case SUBTRACT -> sum(left, right, of(right).map(Direction::opposite));
            case MULTIPLY -> number(left).isPresent() ? scaled(right, number(left)) : scaled(left, number(right));
            case DIVIDE -> scaled(left, number(right));
            default -> Optional.empty();
        };
    }

    /** A number on one side shifts the other; otherwise both sides have to agree. */
    private Optional<Direction> sum(Expression left, Expression right, Optional<Direction> ofRight) {
        if (number(right).isPresent()) {
            return of(left);
        }
        return number(left).isPresent() || of(left).equals(ofRight) ? ofRight : Optional.empty();
    }

    private Optional<Direction> scaled(Expression metric, OptionalDouble factor) {
        if (factor.isEmpty() || factor.getAsDouble() == 0) {
            return Optional.empty();
        }
        return factor.getAsDouble() > 0 ? of(metric) : of(metric).map(Direction::opposite);
    }

    private static OptionalDouble number(Expression expression) {
        return switch (expression) {
            case Expression.Number number -> OptionalDouble.of(number.value());
            case Expression.Unary(var operator, Expression.Number number, var _)
            when operator == UnaryOperator.NEGATE -> OptionalDouble.of(-number.value());
            default -> OptionalDouble.empty();
        };
    }
}
