package org.descentlang.compiler.emit.device;

import static org.descentlang.compiler.emit.device.DeviceNames.DEVICE_MATH;
import static org.descentlang.compiler.emit.device.DeviceNames.TORNADO_MATH;

import com.palantir.javapoet.ClassName;
import java.util.List;
import org.descentlang.compiler.emit.text.DoubleText;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.emit.text.Text.Binding;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.ElementType;

/**
 * Element-wise operations as TornadoVM compiles them: f32 is float in kernels and double in scalars, for both of which
 * its functions have overloads; i32 and bool are int.
 */
final class DeviceText {
    private static final double LARGEST = Float.MAX_VALUE;

    private DeviceText() {}

    /**
     * @param from the operands' element type
     * @param real what f32 is: `float` or `double`
     */
    static Text of(Op.ElementWise op, ElementType from, List<Text> operands, String real) {
        boolean whole = from != ElementType.F32;
        Text first = operands.getFirst();
        return switch (op) {
            case Op.Unary unary -> unary(unary.kind(), whole, first);
            case Op.Binary binary -> binary(binary.kind(), whole, first, operands.get(1));
            case Op.Compare compare ->
                FloatText.conditional(FloatText.compare(compare.comparison(), first, operands.get(1)), "1", "0");
            case Op.Select _ -> Text.conditional(holds(first), operands.get(1), operands.get(2));
            case Op.Cast cast -> cast(from, cast.to(), first, real);
        };
    }

    /** TornadoVM compiles no NaN, and to its fast mathematics the largest number is as good as infinity. */
    static Text literal(double value, ElementType element, boolean wide) {
        return switch (element) {
            case I32 -> FloatText.literal(value, element);
            case BOOL -> Text.primary(value == 0 ? "0" : "1");
            case F32 -> {
                if (Double.isNaN(value)) {
                    yield call(TORNADO_MATH, "sqrt", wide ? Text.primary("-1.0") : Text.primary("-1f"));
                }
                double finite = Math.clamp(value, -LARGEST, LARGEST);
                yield wide ? DoubleText.literal(finite) : FloatText.literal(finite, element);
            }
        };
    }

    /** One more value of a reduction, or two partial results of it. */
    static Text combined(Op.Reduction reduction, boolean whole, Text a, Text b) {
        return switch (reduction) {
            case SUM -> Text.infix(a, "+", b, Binding.SUM);
            case PRODUCT -> Text.infix(a, "*", b, Binding.PRODUCT);
            case MAXIMUM -> maximum(whole, a, b);
            case MINIMUM -> minimum(whole, a, b);
        };
    }

    private static Text maximum(boolean whole, Text a, Text b) {
        return call(whole ? TORNADO_MATH : DEVICE_MATH, whole ? "max" : "maximum", a, b);
    }

    private static Text minimum(boolean whole, Text a, Text b) {
        return call(whole ? TORNADO_MATH : DEVICE_MATH, whole ? "min" : "minimum", a, b);
    }

    private static Text holds(Text condition) {
        return Text.infix(condition, "!=", Text.primary("0"), Binding.EQUALITY);
    }

    private static Text unary(UnaryKind kind, boolean whole, Text x) {
        return switch (kind) {
            case NEGATE -> FloatText.negated(x);
            case ABS -> call(TORNADO_MATH, "abs", x);
            case SIGN -> whole ? call(DEVICE_MATH, "sign", x) : call(TORNADO_MATH, "signum", x);
            case EXP -> call(TORNADO_MATH, "exp", x);
            case EXPM1 -> call(DEVICE_MATH, "expm1", x);
            case LOG -> call(TORNADO_MATH, "log", x);
            case LOG1P -> call(DEVICE_MATH, "log1p", x);
            case SQRT -> call(TORNADO_MATH, "sqrt", x);
            case SIN -> call(TORNADO_MATH, "sin", x);
            case COS -> call(TORNADO_MATH, "cos", x);
            case TANH -> call(TORNADO_MATH, "tanh", x);
            case SIGMOID -> call(DEVICE_MATH, "sigmoid", x);
            case ERF -> call(DEVICE_MATH, "erf", x);
            case FLOOR -> call(TORNADO_MATH, "floor", x);
            case CEIL -> call(TORNADO_MATH, "ceil", x);
            case ROUND -> call(DEVICE_MATH, "round", x);
            case NOT -> Text.infix(Text.primary("1"), "-", x, Binding.SUM);
            case STOP_GRADIENT -> x;
        };
    }

    private static Text binary(BinaryKind kind, boolean whole, Text a, Text b) {
        return switch (kind) {
            case ADD -> Text.infix(a, "+", b, Binding.SUM);
            case SUBTRACT -> Text.infix(a, "-", b, Binding.SUM);
            case MULTIPLY -> Text.infix(a, "*", b, Binding.PRODUCT);
            case DIVIDE -> whole ? call(DEVICE_MATH, "quotient", a, b) : Text.infix(a, "/", b, Binding.PRODUCT);
            case REMAINDER -> call(DEVICE_MATH, "remainder", a, b);
            case POWER -> call(whole ? DEVICE_MATH : TORNADO_MATH, whole ? "power" : "pow", a, b);
            case MAXIMUM -> maximum(whole, a, b);
            case MINIMUM -> minimum(whole, a, b);
            case AND -> Text.infix(a, "&", b, Binding.AND);
            case OR -> Text.infix(a, "|", b, Binding.OR);
        };
    }

    private static Text cast(ElementType from, ElementType to, Text x, String real) {
        if (from == to) {
            return x;
        }
        return switch (to) {
            case F32 -> Text.prefix("(" + real + ") ", x);
            case I32 -> from == ElementType.BOOL ? x : Text.prefix("(int) ", x);
            case BOOL -> FloatText.conditional(holds(x), "1", "0");
        };
    }

    private static Text call(ClassName type, String function, Text x) {
        return Text.primary("$T.$L($L)", type, function, x.code());
    }

    private static Text call(ClassName type, String function, Text a, Text b) {
        return Text.primary("$T.$L($L, $L)", type, function, a.code(), b.code());
    }
}
