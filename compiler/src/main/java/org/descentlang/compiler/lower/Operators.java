package org.descentlang.compiler.lower;

import java.util.Optional;
import org.descentlang.compiler.ast.Expression.BinaryOperator;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;

/** What the operators of the language are in the IR, and what they are on numbers. */
final class Operators {
    private Operators() {}

    /** The element-wise operation, for operators that have one. */
    static Optional<BinaryKind> arithmetic(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> Optional.of(BinaryKind.ADD);
            case SUBTRACT -> Optional.of(BinaryKind.SUBTRACT);
            case MULTIPLY -> Optional.of(BinaryKind.MULTIPLY);
            case DIVIDE -> Optional.of(BinaryKind.DIVIDE);
            case REMAINDER -> Optional.of(BinaryKind.REMAINDER);
            case POWER -> Optional.of(BinaryKind.POWER);
            case AND -> Optional.of(BinaryKind.AND);
            case OR -> Optional.of(BinaryKind.OR);
            case MATRIX_PRODUCT, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Optional.empty();
        };
    }

    static Optional<Comparison> comparison(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> Optional.of(Comparison.EQUAL);
            case NOT_EQUAL -> Optional.of(Comparison.NOT_EQUAL);
            case LESS -> Optional.of(Comparison.LESS);
            case LESS_OR_EQUAL -> Optional.of(Comparison.LESS_OR_EQUAL);
            case GREATER -> Optional.of(Comparison.GREATER);
            case GREATER_OR_EQUAL -> Optional.of(Comparison.GREATER_OR_EQUAL);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, POWER, MATRIX_PRODUCT, AND, OR -> Optional.empty();
        };
    }

    static double apply(BinaryKind kind, double a, double b) {
        return switch (kind) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a - b * Math.floor(a / b);
            case POWER -> Math.pow(a, b);
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case AND -> a != 0 && b != 0 ? 1 : 0;
            case OR -> a != 0 || b != 0 ? 1 : 0;
        };
    }

    static boolean apply(Comparison comparison, double a, double b) {
        return switch (comparison) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case GREATER -> a > b;
            case GREATER_OR_EQUAL -> a >= b;
        };
    }
}
