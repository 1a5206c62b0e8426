package org.descentlang.compiler.emit.text;

import static org.descentlang.compiler.emit.text.RuntimeNames.FLOAT_MATH;
import static org.descentlang.compiler.emit.text.RuntimeNames.INT_MATH;

import java.util.List;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.ElementType;

/** Element-wise operations in kernels: f32 is float, i32 int, bool boolean. */
public final class FloatText {
    private FloatText() {}

    /** @param from the operands' element type */
    public static Text of(Op.ElementWise op, ElementType from, List<Text> operands) {
        return switch (op) {
            case Op.Unary unary -> unary(unary.kind(), from, operands.getFirst());
            case Op.Binary binary -> binary(binary.kind(), from, operands.getFirst(), operands.get(1));
            case Op.Compare compare -> compare(compare.comparison(), operands.getFirst(), operands.get(1));
            case Op.Select _ -> Text.conditional(operands.getFirst(), operands.get(1), operands.get(2));
            case Op.Cast cast -> cast(from, cast.to(), operands.getFirst());
        };
    }

    public static Text literal(double value, ElementType element) {
        return switch (element) {
            case F32 -> literal((float) value);
            case I32 -> number(Integer.toString((int) value), value < 0);
            case BOOL -> Text.primary("$L", value != 0);
        };
    }

    private static Text literal(float value) {
        if (Float.isNaN(value)) {
            return Text.primary("$T.NaN", Float.class);
        }
        if (Float.isInfinite(value)) {
            return Text.primary("$T.$L", Float.class, value > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY");
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e7 && Float.floatToIntBits(value) != 0x80000000;
        return number((whole ? Integer.toString((int) value) : Float.toString(value)) + "f", value < 0);
    }

    static Text number(String digits, boolean negative) {
        return new Text(Text.primary("$L", digits).code(), negative ? Binding.PREFIX : Binding.PRIMARY);
    }

    private static Text unary(UnaryKind kind, ElementType element, Text x) {
        boolean whole = element == ElementType.I32;
        return switch (kind) {
            case NEGATE -> negated(x);
            case ABS -> call(Math.class, "abs", x);
            case SIGN -> whole ? call(Integer.class, "signum", x) : call(Math.class, "signum", x);
            case EXP -> fast("exp", x);
            case EXPM1 -> fast("expm1", x);
            case TANH -> fast("tanh", x);
            case SIGMOID -> fast("sigmoid", x);
            case ERF -> fast("erf", x);
            case LOG -> fast("log", x);
            case LOG1P -> narrowed("log1p", x);
            case SQRT -> narrowed("sqrt", x);
            case SIN -> narrowed("sin", x);
            case COS -> narrowed("cos", x);
            case FLOOR -> narrowed("floor", x);
            case CEIL -> narrowed("ceil", x);
            case ROUND -> narrowed("rint", x);
            case NOT -> Text.prefix("!", x);
            case STOP_GRADIENT -> x;
        };
    }

    /** With parentheses around a sign: `--x` would be something else. */
    public static Text negated(Text x) {
        return x.binding() == Binding.PREFIX ? Text.prefix("-", Text.primary("($L)", x.code())) : Text.prefix("-", x);
    }

    private static Text fast(String function, Text x) {
        return Text.primary("$T.$L($L)", FLOAT_MATH, function, x.code());
    }

    private static Text narrowed(String function, Text x) {
        return Text.prefix("(float) ", call(Math.class, function, x));
    }

    static Text call(Class<?> type, String function, Text x) {
        return Text.primary("$T.$L($L)", type, function, x.code());
    }

    static Text call(Class<?> type, String function, Text a, Text b) {
        return Text.primary("$T.$L($L, $L)", type, function, a.code(), b.code());
    }

    private static Text binary(BinaryKind kind, ElementType element, Text a, Text b) {
        boolean whole = element == ElementType.I32;
        return switch (kind) {
            case ADD -> Text.infix(a, "+", b, Binding.SUM);
            case SUBTRACT -> Text.infix(a, "-", b, Binding.SUM);
            case MULTIPLY -> Text.infix(a, "*", b, Binding.PRODUCT);
            case DIVIDE -> whole ? whole("quotient", a, b) : Text.infix(a, "/", b, Binding.PRODUCT);
            case REMAINDER ->
                whole ? whole("remainder", a, b) : Text.primary("$T.remainder($L, $L)", FLOAT_MATH, a.code(), b.code());
            case POWER -> Text.prefix(whole ? "(int) " : "(float) ", call(Math.class, "pow", a, b));
            case MAXIMUM -> call(Math.class, "max", a, b);
            case MINIMUM -> call(Math.class, "min", a, b);
            case AND -> Text.infix(a, "&", b, Binding.AND);
            case OR -> Text.infix(a, "|", b, Binding.OR);
        };
    }

    static Text whole(String function, Text a, Text b) {
        return Text.primary("$T.$L($L, $L)", INT_MATH, function, a.code(), b.code());
    }

    public static Text compare(Comparison comparison, Text a, Text b) {
        return switch (comparison) {
            case EQUAL -> Text.infix(a, "==", b, Binding.EQUALITY);
            case NOT_EQUAL -> Text.infix(a, "!=", b, Binding.EQUALITY);
            case LESS -> Text.infix(a, "<", b, Binding.RELATION);
            case LESS_OR_EQUAL -> Text.infix(a, "<=", b, Binding.RELATION);
            case GREATER -> Text.infix(a, ">", b, Binding.RELATION);
            case GREATER_OR_EQUAL -> Text.infix(a, ">=", b, Binding.RELATION);
        };
    }

    private static Text cast(ElementType from, ElementType to, Text x) {
        if (from == to) {
            return x;
        }
        return switch (to) {
            case F32 -> from == ElementType.BOOL ? conditional(x, "1f", "0f") : Text.prefix("(float) ", x);
            case I32 -> from == ElementType.BOOL ? conditional(x, "1", "0") : Text.prefix("(int) ", x);
            case BOOL -> Text.infix(x, "!=", Text.primary("0"), Binding.EQUALITY);
        };
    }

    public static Text conditional(Text condition, String then, String otherwise) {
        return Text.conditional(condition, Text.primary("$L", then), Text.primary("$L", otherwise));
    }
}
