package org.descentlang.compiler.op;

import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.ElementType;

/** What the element-wise operations compute for one element, in double precision. A bool is 0 or 1. */
public final class ScalarRule {
    private ScalarRule() {}

    public static double unary(UnaryKind kind, double x) {
        return switch (kind) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case SQRT -> Math.sqrt(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TANH -> Math.tanh(x);
            case SIGMOID -> sigmoid(x);
            case ERF -> ErrorFunction.erf(x);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
            case NOT -> 1 - x;
            case STOP_GRADIENT -> x;
        };
    }

    public static double binary(BinaryKind kind, ElementType element, double a, double b) {
        return element == ElementType.I32 ? whole(kind, (int) a, (int) b) : real(kind, a, b);
    }

    private static double real(BinaryKind kind, double a, double b) {
        return switch (kind) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> remainder(a, b);
            case POWER -> Math.pow(a, b);
            case MAXIMUM, OR -> Math.max(a, b);
            case MINIMUM, AND -> Math.min(a, b);
        };
    }

    /** 1 / (1 + e^-x), without overflow. */
    private static double sigmoid(double x) {
        double e = Math.exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /** With the divisor's sign: a - floor(a / b) b, exactly. */
    private static double remainder(double a, double b) {
        double rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }

    /** As Java computes with int; a quotient by zero is zero, so that no value of the data can stop a program. */
    private static int whole(BinaryKind kind, int a, int b) {
        return switch (kind) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> b == 0 ? 0 : a / b;
            case REMAINDER -> b == 0 ? 0 : Math.floorMod(a, b);
            case POWER -> (int) Math.pow(a, b);
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case AND, OR -> throw new IllegalArgumentException(kind + " of i32");
        };
    }

    public static boolean compare(Comparison comparison, double a, double b) {
        return switch (comparison) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case LESS -> a < b;
            case LESS_OR_EQUAL -> a <= b;
            case GREATER -> a > b;
            case GREATER_OR_EQUAL -> a >= b;
        };
    }

    public static double cast(ElementType to, double x) {
        return switch (to) {
            case F32 -> x;
            case I32 -> (int) x;
            case BOOL -> x == 0 ? 0 : 1;
        };
    }

    /** What a reduction over no elements gives. */
    public static double neutral(Reduction reduction, ElementType element) {
        boolean whole = element == ElementType.I32;
        return switch (reduction) {
            case SUM -> 0;
            case PRODUCT -> 1;
            case MAXIMUM -> whole ? Integer.MIN_VALUE : Double.NEGATIVE_INFINITY;
            case MINIMUM -> whole ? Integer.MAX_VALUE : Double.POSITIVE_INFINITY;
        };
    }
}
