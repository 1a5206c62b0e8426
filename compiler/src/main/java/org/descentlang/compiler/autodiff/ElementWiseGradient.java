package org.descentlang.compiler.autodiff;

import java.util.List;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.Shape;

/**
 * Derivatives of the element-wise operations. Where one does not exist, these conventions hold, which are PyTorch's. At
 * a kink it is the mean of the slopes on both sides: {@code |x|} has derivative 0 at 0, and {@code max(a, b)} and
 * {@code min(a, b)} give half to each where they are equal. Means of slopes add up, so what is smooth though its parts
 * have kinks has the right derivative there: {@code max(x, 0) + log1p(exp(-|x|))} has 1/2 at 0.
 *
 * <p>The square root has derivative 0 at 0, so that {@code sqrt(sum(x^2))} and {@code sqrt(variance(x))} have, as
 * PyTorch's `norm` and `std`. {@code a^b} has derivative 0 with respect to {@code a} where b is 0, and with respect to
 * {@code b} where a is 0 and b is not negative.
 */
final class ElementWiseGradient {
    private final Adjoints adjoints;
    private final Guards guards;
    private final int g;

    /** @param derivative of the loss with respect to the operation's result */
    ElementWiseGradient(Adjoints adjoints, int derivative) {
        this.adjoints = adjoints;
        this.guards = Guards.of(derivative, adjoints);
        this.g = guards.derivative();
    }

    /** @param y the operation's result */
    void propagate(Op.ElementWise op, List<Integer> operands, int y) {
        int a = operands.getFirst();
        switch (op) {
            case Op.Unary(var kind) when kind.hasSlope() -> add(a, unary(kind, a, y));
            case Op.Unary _ -> {}
            case Op.Binary(var kind) -> binary(kind, a, operands.get(1), y).run();
            case Op.Compare _ -> {}
            case Op.Select _ -> select(operands);
            case Op.Cast _ -> adjoints.add(a, guards.guarded());
        }
    }

    private void select(List<Integer> operands) {
        int derivative = guards.guarded();
        int zero = adjoints.constant(0, adjoints.shape(derivative));
        if (adjoints.isWanted(operands.get(1))) {
            adjoints.add(operands.get(1), adjoints.select(operands.getFirst(), derivative, zero));
        }
        if (adjoints.isWanted(operands.get(2))) {
            adjoints.add(operands.get(2), adjoints.select(operands.getFirst(), zero, derivative));
        }
    }

    private int unary(UnaryKind kind, int x, int y) {
        return switch (kind) {
            case NEGATE -> adjoints.negate(g);
            case ABS -> adjoints.multiply(g, adjoints.unary(UnaryKind.SIGN, x));
            case EXP -> adjoints.multiply(g, y);
            case EXPM1 -> adjoints.multiply(g, plus(y, 1));
            case LOG -> adjoints.divide(g, x);
            case LOG1P -> adjoints.divide(g, plus(x, 1));
            case SQRT -> unlessZero(y, adjoints.divide(adjoints.scale(g, 0.5), y));
            case SIN -> adjoints.multiply(g, adjoints.unary(UnaryKind.COS, x));
            case COS -> adjoints.negate(adjoints.multiply(g, adjoints.unary(UnaryKind.SIN, x)));
            case TANH -> adjoints.multiply(g, fromOne(adjoints.multiply(y, y)));
            case SIGMOID -> adjoints.multiply(g, adjoints.multiply(y, fromOne(y)));
            case ERF -> adjoints.multiply(g, bell(x));
            case SIGN, FLOOR, CEIL, ROUND, NOT, STOP_GRADIENT ->
                throw new IllegalArgumentException(kind + " has no slope");
        };
    }

    /** What is to be done for {@code y = kind(a, b)}. */
    private Runnable binary(BinaryKind kind, int a, int b, int y) {
        return switch (kind) {
            case ADD -> () -> addBoth(a, g, b, g);
            case SUBTRACT -> () -> subtract(a, b);
            case MULTIPLY -> () -> multiply(a, b);
            case DIVIDE -> () -> divide(a, b, y);
            case REMAINDER -> () -> remainder(a, b, y);
            case POWER -> () -> power(a, b, y);
            case MAXIMUM -> () -> choose(Comparison.GREATER, a, b);
            case MINIMUM -> () -> choose(Comparison.LESS, a, b);
            case AND, OR -> () -> {};
        };
    }

    private void add(int x, int contribution) {
        adjoints.add(x, guards.around(contribution));
    }

    private void addBoth(int a, int contributionA, int b, int contributionB) {
        if (adjoints.isWanted(a)) {
            add(a, contributionA);
        }
        if (adjoints.isWanted(b)) {
            add(b, contributionB);
        }
    }

    private void subtract(int a, int b) {
        if (adjoints.isWanted(a)) {
            add(a, g);
        }
        if (adjoints.isWanted(b)) {
            add(b, adjoints.negate(g));
        }
    }

    private void multiply(int a, int b) {
        if (a == b) {
            add(a, adjoints.multiply(adjoints.scale(g, 2), a));
            return;
        }
        if (adjoints.isWanted(a)) {
            add(a, adjoints.multiply(g, b));
        }
        if (adjoints.isWanted(b)) {
            add(b, adjoints.multiply(g, a));
        }
    }

    /** With respect to b: -g a / b², which is -(g / b) y. */
    private void divide(int a, int b, int y) {
        int quotient = adjoints.divide(g, b);
        if (adjoints.isWanted(a)) {
            add(a, quotient);
        }
        if (adjoints.isWanted(b)) {
            add(b, adjoints.negate(adjoints.multiply(quotient, y)));
        }
    }

    /** {@code a - n b}, where the whole number n is (a - y) / b but for rounding; a / b may round to the next. */
    private void remainder(int a, int b, int y) {
        if (adjoints.isWanted(a)) {
            add(a, g);
        }
        if (adjoints.isWanted(b)) {
            int multiple = adjoints.binary(BinaryKind.SUBTRACT, a, y);
            int whole = adjoints.unary(UnaryKind.ROUND, adjoints.divide(multiple, b));
            add(b, adjoints.negate(adjoints.multiply(g, whole)));
        }
    }

    private void power(int a, int b, int y) {
        if (adjoints.isWanted(a)) {
            boolean number = adjoints.isConstant(b);
            add(a, number ? powerOfNumber(a, adjoints.constant(b)) : powerBase(a, b));
        }
        if (adjoints.isWanted(b)) {
            add(b, powerExponent(a, b, y));
        }
    }

    private int powerOfNumber(int a, double exponent) {
        if (exponent == 0) {
            return adjoints.constant(0, adjoints.shape(a));
        }
        return adjoints.multiply(adjoints.scale(g, exponent), raised(a, exponent - 1));
    }

    private int raised(int a, double exponent) {
        Shape shape = adjoints.shape(a);
        if (exponent == 0) {
            return adjoints.constant(1, shape);
        }
        if (exponent == 0.5) {
            return adjoints.unary(UnaryKind.SQRT, a);
        }
        return exponent == 1 ? a : adjoints.binary(BinaryKind.POWER, a, adjoints.constant(exponent, shape));
    }

    private int powerBase(int a, int b) {
        int lower = adjoints.binary(BinaryKind.POWER, a, plus(b, -1));
        return unlessZero(b, adjoints.multiply(g, adjoints.multiply(b, lower)));
    }

    private int powerExponent(int a, int b, int y) {
        int zero = adjoints.constant(0, adjoints.shape(a));
        int slope = adjoints.multiply(y, adjoints.unary(UnaryKind.LOG, a));
        int flat = adjoints.binary(
                BinaryKind.AND,
                adjoints.compare(Comparison.EQUAL, a, zero),
                adjoints.compare(Comparison.GREATER_OR_EQUAL, b, zero));
        return adjoints.select(flat, zero, adjoints.multiply(g, slope));
    }

    /** {@code y} is the operand that is {@code better} than the other. */
    private void choose(Comparison better, int a, int b) {
        if (a == b) {
            add(a, g);
            return;
        }
        if (adjoints.isWanted(a)) {
            add(a, chosen(better, a, b));
        }
        if (adjoints.isWanted(b)) {
            add(b, chosen(better, b, a));
        }
    }

    private int chosen(Comparison better, int mine, int other) {
        int zero = adjoints.constant(0, adjoints.shape(g));
        int whole = adjoints.select(adjoints.compare(better, mine, other), g, zero);
        int equal = adjoints.compare(Comparison.EQUAL, mine, other);
        return adjoints.select(equal, adjoints.scale(g, 0.5), whole);
    }

    private int unlessZero(int value, int contribution) {
        int zero = adjoints.constant(0, adjoints.shape(value));
        return adjoints.select(adjoints.compare(Comparison.EQUAL, value, zero), zero, contribution);
    }

    /** 2 / sqrt(pi) * exp(-x²). */
    private int bell(int x) {
        int falling = adjoints.unary(UnaryKind.EXP, adjoints.negate(adjoints.multiply(x, x)));
        return adjoints.scale(falling, 2 / Math.sqrt(Math.PI));
    }

    private int plus(int x, double number) {
        return adjoints.binary(BinaryKind.ADD, x, adjoints.constant(number, adjoints.shape(x)));
    }

    private int fromOne(int x) {
        return adjoints.binary(BinaryKind.SUBTRACT, adjoints.constant(1, adjoints.shape(x)), x);
    }
}
