package org.descentlang.compiler.autodiff;

import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.Shape;

/**
 * Derivatives of the element-wise operations. Where one does not exist, these conventions hold, which are PyTorch's:
 * {@code |x|} has derivative 0 at 0; {@code max(a, b)} and {@code min(a, b)} give half to each where they are equal, but where one
 * of them is a number nothing to the other (so {@code max(x, 0)} has derivative 0 at 0); {@code a^b} has derivative 0 with respect
 * to {@code a} where b is 0, and with respect to {@code b} where a is 0 and b is not negative.
 */
final class ElementWiseRule {
    private final Adjoints adjoints;

    ElementWiseRule(Adjoints adjoints) {
        this.adjoints = adjoints;
    }

    /** {@code y = kind(x)}. */
    void unary(UnaryKind kind, int x, int y, int g) {
        switch (kind) {
            case NEGATE -> adjoints.add(x, adjoints.negate(g));
            case ABS -> adjoints.add(x, adjoints.multiply(g, adjoints.unary(UnaryKind.SIGN, x)));
            case EXP -> adjoints.add(x, adjoints.multiply(g, y));
            case EXPM1 -> adjoints.add(x, adjoints.multiply(g, plus(y, 1)));
            case LOG -> adjoints.add(x, adjoints.divide(g, x));
            case LOG1P -> adjoints.add(x, adjoints.divide(g, plus(x, 1)));
            case SQRT -> adjoints.add(x, adjoints.divide(adjoints.scale(g, 0.5), y));
            case SIN -> adjoints.add(x, adjoints.multiply(g, adjoints.unary(UnaryKind.COS, x)));
            case COS -> adjoints.add(x, adjoints.negate(adjoints.multiply(g, adjoints.unary(UnaryKind.SIN, x))));
            case TANH -> adjoints.add(x, adjoints.multiply(g, fromOne(adjoints.multiply(y, y))));
            case SIGMOID -> adjoints.add(x, adjoints.multiply(g, adjoints.multiply(y, fromOne(y))));
            case ERF -> adjoints.add(x, adjoints.multiply(g, bell(x)));
            case SIGN, FLOOR, CEIL, ROUND, NOT, STOP_GRADIENT -> {}
        }
    }

    /** {@code y = kind(a, b)}. */
    void binary(BinaryKind kind, int a, int b, int y, int g) {
        switch (kind) {
            case ADD -> addBoth(a, g, b, g);
            case SUBTRACT -> subtract(a, b, g);
            case MULTIPLY -> multiply(a, b, g);
            case DIVIDE -> divide(a, b, y, g);
            case REMAINDER -> remainder(a, b, g);
            case POWER -> power(a, b, y, g);
            case MAXIMUM -> choose(Comparison.GREATER, a, b, g);
            case MINIMUM -> choose(Comparison.LESS, a, b, g);
            case AND, OR -> {}
        }
    }

    private void addBoth(int a, int contributionA, int b, int contributionB) {
        if (adjoints.isWanted(a)) {
            adjoints.add(a, contributionA);
        }
        if (adjoints.isWanted(b)) {
            adjoints.add(b, contributionB);
        }
    }

    private void subtract(int a, int b, int g) {
        if (adjoints.isWanted(a)) {
            adjoints.add(a, g);
        }
        if (adjoints.isWanted(b)) {
            adjoints.add(b, adjoints.negate(g));
        }
    }

    private void multiply(int a, int b, int g) {
        if (a == b) {
            adjoints.add(a, adjoints.multiply(adjoints.scale(g, 2), a));
            return;
        }
        if (adjoints.isWanted(a)) {
            adjoints.add(a, adjoints.multiply(g, b));
        }
        if (adjoints.isWanted(b)) {
            adjoints.add(b, adjoints.multiply(g, a));
        }
    }

    /** With respect to b: -g a / b², which is -(g / b) y. */
    private void divide(int a, int b, int y, int g) {
        int quotient = adjoints.divide(g, b);
        if (adjoints.isWanted(a)) {
            adjoints.add(a, quotient);
        }
        if (adjoints.isWanted(b)) {
            adjoints.add(b, adjoints.negate(adjoints.multiply(quotient, y)));
        }
    }

    /** {@code a - floor(a / b) * b}. */
    private void remainder(int a, int b, int g) {
        if (adjoints.isWanted(a)) {
            adjoints.add(a, g);
        }
        if (adjoints.isWanted(b)) {
            int whole = adjoints.unary(UnaryKind.FLOOR, adjoints.divide(a, b));
            adjoints.add(b, adjoints.negate(adjoints.multiply(g, whole)));
        }
    }

    private void power(int a, int b, int y, int g) {
        if (adjoints.isWanted(a)) {
            boolean number = adjoints.isConstant(b);
            adjoints.add(a, number ? powerOfNumber(a, adjoints.constant(b), g) : powerBase(a, b, g));
        }
        if (adjoints.isWanted(b)) {
            adjoints.add(b, powerExponent(a, b, y, g));
        }
    }

    private int powerOfNumber(int a, double exponent, int g) {
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
        return exponent == 1 ? a : adjoints.binary(BinaryKind.POWER, a, adjoints.constant(exponent, shape));
    }

    private int powerBase(int a, int b, int g) {
        int zero = adjoints.constant(0, adjoints.shape(a));
        int lower = adjoints.binary(BinaryKind.POWER, a, plus(b, -1));
        int slope = adjoints.multiply(b, lower);
        return adjoints.select(adjoints.compare(Comparison.EQUAL, b, zero), zero, adjoints.multiply(g, slope));
    }

    private int powerExponent(int a, int b, int y, int g) {
        int zero = adjoints.constant(0, adjoints.shape(a));
        int slope = adjoints.multiply(y, adjoints.unary(UnaryKind.LOG, a));
        int flat = adjoints.binary(
                BinaryKind.AND,
                adjoints.compare(Comparison.EQUAL, a, zero),
                adjoints.compare(Comparison.GREATER_OR_EQUAL, b, zero));
        return adjoints.select(flat, zero, adjoints.multiply(g, slope));
    }

    /** {@code y} is the operand that is {@code better} than the other. */
    private void choose(Comparison better, int a, int b, int g) {
        if (a == b) {
            adjoints.add(a, g);
            return;
        }
        if (adjoints.isWanted(a)) {
            adjoints.add(a, chosen(better, a, b, g));
        }
        if (adjoints.isWanted(b)) {
            adjoints.add(b, chosen(better, b, a, g));
        }
    }

    private int chosen(Comparison better, int mine, int other, int g) {
        int zero = adjoints.constant(0, adjoints.shape(g));
        int whole = adjoints.select(adjoints.compare(better, mine, other), g, zero);
        if (adjoints.isConstant(other)) {
            return whole;
        }
        int equal = adjoints.compare(Comparison.EQUAL, mine, other);
        return adjoints.select(equal, adjoints.scale(g, 0.5), whole);
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
