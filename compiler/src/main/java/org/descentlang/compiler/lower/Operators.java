package org.descentlang.compiler.lower;

import java.util.Optional;
import org.descentlang.compiler.ast.Expression.BinaryOperator;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;

/** What the operators of the language are in the IR. */
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
}
