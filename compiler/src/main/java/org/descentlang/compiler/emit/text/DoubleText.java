package org.descentlang.compiler.emit.text;

import static org.descentlang.compiler.emit.text.RuntimeNames.DOUBLE_MATH;

import java.util.List;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.ElementType;

/** Operations on the host's scalars: f32 is double, i32 int, bool boolean. */
public final class DoubleText {
    private DoubleText() {}

    /** @param from the operands' element type */
    public static Text of(Op.ElementWise op, ElementType from, List<Text> operands) {
        boolean real = from == ElementType.F32;
        return switch (op) {
            case Op.Unary unary when real -> unary(unary.kind(), operands.getFirst());
            case Op.Binary binary when real -> binary(binary.kind(), operands.getFirst(), operands.get(1));
            case Op.Cast cast when cast.to() == ElementType.F32 -> widened(from, operands.getFirst());
            case Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Cast _ -> FloatText.of(op, from, operands);
        };
    }

    public static Text literal(double value) {
        if (Double.isNaN(value)) {
            return Text.primary("$T.NaN", Double.class);
        }
        if (Double.isInfinite(value)) {
            return Text.primary("$T.$L", Double.class, value > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
        }
        return FloatText.number(Double.toString(value), value < 0);
    }

    private static Text widened(ElementType from, Text x) {
        return switch (from) {
            case F32 -> x;
            case I32 -> Text.prefix("(double) ", x);
            case BOOL -> FloatText.conditional(x, "1.0", "0.0");
        };
    }

    private static Text unary(UnaryKind kind, Text x) {
        return switch (kind) {
            case NEGATE -> FloatText.negated(x);
            case ABS -> math("abs", x);
            case SIGN -> math("signum", x);
            case EXP -> math("exp", x);
            case EXPM1 -> math("expm1", x);
            case LOG -> math("log", x);
            case LOG1P -> math("log1p", x);
            case SQRT -> math("sqrt", x);
            case SIN -> math("sin", x);
            case COS -> math("cos", x);
            case TANH -> math("tanh", x);
            case SIGMOID -> Text.primary("$T.sigmoid($L)", DOUBLE_MATH, x.code());
            case ERF -> Text.primary("$T.erf($L)", DOUBLE_MATH, x.code());
            case FLOOR -> math("floor", x);
            case CEIL -> math("ceil", x);
            case ROUND -> math("rint", x);
            case NOT -> throw new IllegalArgumentException("not of a number");
            case STOP_GRADIENT -> x;
        };
    }

    private static Text math(String function, Text x) {
        return FloatText.call(Math.class, function, x);
    }

    private static Text binary(BinaryKind kind, Text a, Text b) {
        return switch (kind) {
            case ADD -> Text.infix(a, "+", b, Binding.SUM);
            case SUBTRACT -> Text.infix(a, "-", b, Binding.SUM);
            case MULTIPLY -> Text.infix(a, "*", b, Binding.PRODUCT);
            case DIVIDE -> Text.infix(a, "/", b, Binding.PRODUCT);
            case REMAINDER -> Text.primary("$T.remainder($L, $L)", DOUBLE_MATH, a.code(), b.code());
            case POWER -> FloatText.call(Math.class, "pow", a, b);
            case MAXIMUM -> FloatText.call(Math.class, "max", a, b);
            case MINIMUM -> FloatText.call(Math.class, "min", a, b);
            case AND, OR -> throw new IllegalArgumentException(kind + " of numbers");
        };
    }
}
