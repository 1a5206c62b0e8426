package org.descentlang.compiler.emit.kernel;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.emit.kernel.VectorValue.Kind;
import org.descentlang.compiler.emit.text.FloatText;
import org.descentlang.compiler.emit.text.RuntimeNames;
import org.descentlang.compiler.emit.text.Text;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Comparison;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.ElementType;

/**
 * Element-wise operations on vectors, bit for bit those of {@link FloatText}. What takes several statements is added to
 * the body before the statement that uses it: a method that returns a vector would put it on the heap wherever HotSpot
 * does not inline it.
 */
public final class VectorText {
    public static final ClassName FLOAT_VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
    public static final ClassName DOUBLE_VECTOR = ClassName.get("jdk.incubator.vector", "DoubleVector");
    public static final ClassName INT_VECTOR = ClassName.get("jdk.incubator.vector", "IntVector");
    public static final ClassName VECTOR_SHUFFLE = ClassName.get("jdk.incubator.vector", "VectorShuffle");

    /** The field with the lanes of a vector in the order upper half, lower half. */
    public static final String UPPER_FIRST = "UPPER_FIRST";

    static final ClassName VECTOR_MASK = ClassName.get("jdk.incubator.vector", "VectorMask");
    static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");
    private static final ClassName SPECIES = ClassName.get("jdk.incubator.vector", "VectorSpecies");

    private final CodeBlock.Builder body;
    private final int lanes;
    private int scratchUses;

    public static TypeName species(TypeName element) {
        return ParameterizedTypeName.get(SPECIES, element.box());
    }

    /** @param lanes of a vector */
    VectorText(CodeBlock.Builder body, int lanes) {
        this.body = body;
        this.lanes = lanes;
    }

    /** Whether there is a vector form. */
    static boolean supports(Op.ElementWise op, ElementType from, ElementType to) {
        return switch (op) {
            case Op.Unary(var kind) -> from == ElementType.F32 || ofOtherTypes(kind);
            case Op.Binary(var kind) -> from != ElementType.I32 || ofWholeNumbers(kind);
            case Op.Compare _ -> from != ElementType.BOOL;
            case Op.Select _ -> to != ElementType.BOOL;
            case Op.Cast _ -> to == from || to == ElementType.F32 || from == ElementType.BOOL;
        };
    }

    private static boolean ofOtherTypes(UnaryKind kind) {
        return switch (kind) {
            case NOT, NEGATE -> true;
            case ABS, SIGN, EXP, EXPM1, LOG, LOG1P, SQRT, SIN, COS, TANH, SIGMOID, ERF, FLOOR, CEIL, ROUND -> false;
            case STOP_GRADIENT -> false;
        };
    }

    private static boolean ofWholeNumbers(BinaryKind kind) {
        return switch (kind) {
            case ADD, SUBTRACT, MULTIPLY -> true;
            case DIVIDE, REMAINDER, POWER, MAXIMUM, MINIMUM, AND, OR -> false;
        };
    }

    /** Whether it is computed in scratch memory: by a function of the runtime, or one number after the other. */
    static boolean needsScratch(Op.ElementWise op, ElementType to) {
        return to == ElementType.F32
                && switch (op) {
                    case Op.Unary(var kind) -> needsScratch(kind);
                    case Op.Binary(var kind) -> needsScratch(kind);
                    case Op.Compare _, Op.Select _, Op.Cast _ -> false;
                };
    }

    private static boolean needsScratch(UnaryKind kind) {
        return switch (kind) {
            case EXP, EXPM1, TANH, SIGMOID, ERF, LOG, LOG1P, SIN, COS, FLOOR, CEIL, ROUND, SIGN -> true;
            case NEGATE, ABS, SQRT, NOT, STOP_GRADIENT -> false;
        };
    }

    private static boolean needsScratch(BinaryKind kind) {
        return switch (kind) {
            case POWER, REMAINDER -> true;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, AND, OR -> false;
        };
    }

    /**
     * @param floats what restricts or maps a vector of floats, beginning with a comma, or nothing
     * @param ints the same for one of whole numbers
     */
    static VectorValue load(ElementType element, String array, String at, CodeBlock floats, CodeBlock ints) {
        if (element == ElementType.F32) {
            return new VectorValue(
                    Kind.FLOATS, Text.primary("$T.fromArray(FLOATS, $L, $L$L)", FLOAT_VECTOR, array, at, floats));
        }
        Text whole = Text.primary("$T.fromArray(INTS, $L, $L$L)", INT_VECTOR, array, at, ints);
        return element == ElementType.I32
                ? new VectorValue(Kind.INTS, whole)
                : new VectorValue(
                        Kind.MASK, Text.primary("$L.compare($T.NE, 0).cast(FLOATS)", whole.code(), OPERATORS));
    }

    /** Whole numbers from {@code first}, each {@code step} larger than the one before. */
    static VectorValue position(String first, long step) {
        return new VectorValue(Kind.INTS, Text.primary("$T.broadcast(INTS, $L).addIndex($L)", INT_VECTOR, first, step));
    }

    VectorValue of(Op.ElementWise op, ElementType from, List<VectorValue> operands) {
        VectorValue x = operands.getFirst();
        return switch (op) {
            case Op.Unary _ when needsScratch(op, from) -> inScratch(op, from, operands);
            case Op.Unary unary -> unary(unary.kind(), x);
            case Op.Binary _ when needsScratch(op, from) -> inScratch(op, from, operands);
            case Op.Binary binary -> binary(binary.kind(), x, operands.get(1));
            case Op.Compare compare -> compare(compare.comparison(), x, operands.get(1));
            case Op.Select _ -> select(x, operands.get(1), operands.get(2));
            case Op.Cast cast -> cast(from, cast.to(), x);
        };
    }

    private VectorValue unary(UnaryKind kind, VectorValue x) {
        return switch (kind) {
            case NEGATE -> x.call("neg()");
            case ABS -> x.call("abs()");
            case SQRT -> x.call("sqrt()");
            case NOT -> x.call("not()");
            case STOP_GRADIENT -> x;
            case EXP, EXPM1, TANH, SIGMOID, ERF, LOG, LOG1P, SIN, COS, FLOOR, CEIL, ROUND, SIGN ->
                throw new IllegalArgumentException(kind.toString());
        };
    }

    private VectorValue binary(BinaryKind kind, VectorValue a, VectorValue b) {
        return switch (kind) {
            case ADD -> symmetric("add", a, b);
            case MULTIPLY -> symmetric("mul", a, b);
            case MAXIMUM -> symmetric("max", a, b);
            case MINIMUM -> symmetric("min", a, b);
            case SUBTRACT -> spread(a, b).call("sub($L)", b.code());
            case DIVIDE -> spread(a, b).call("div($L)", b.code());
            case AND -> mask(a).call("and($L)", mask(b).code());
            case OR -> mask(a).call("or($L)", mask(b).code());
            case REMAINDER, POWER -> throw new IllegalArgumentException(kind.toString());
        };
    }

    /** A number is taken as second operand: the API has methods for that. */
    private static VectorValue symmetric(String method, VectorValue a, VectorValue b) {
        return a.isScalar() ? b.call(method + "($L)", a.code()) : a.call(method + "($L)", b.code());
    }

    private static VectorValue spread(VectorValue value, VectorValue other) {
        return value.isScalar() ? value.spread(other.kind()) : value;
    }

    private static VectorValue mask(VectorValue value) {
        return value.isScalar() ? value.spread(Kind.MASK) : value;
    }

    private static VectorValue compare(Comparison comparison, VectorValue a, VectorValue b) {
        return a.isScalar() ? compared(turned(comparison), b, a) : compared(comparison, a, b);
    }

    private static VectorValue compared(Comparison comparison, VectorValue a, VectorValue b) {
        String operator = switch (comparison) {
            case EQUAL -> "EQ";
            case NOT_EQUAL -> "NE";
            case LESS -> "LT";
            case LESS_OR_EQUAL -> "LE";
            case GREATER -> "GT";
            case GREATER_OR_EQUAL -> "GE";
        };
        Text mask = Text.primary("$L.compare($T.$L, $L)", a.code(), OPERATORS, operator, b.code());
        boolean whole = a.kind() == Kind.INTS;
        return new VectorValue(Kind.MASK, whole ? Text.primary("$L.cast(FLOATS)", mask.code()) : mask);
    }

    private static Comparison turned(Comparison comparison) {
        return switch (comparison) {
            case EQUAL, NOT_EQUAL -> comparison;
            case LESS -> Comparison.GREATER;
            case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case GREATER -> Comparison.LESS;
            case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
        };
    }

    private static VectorValue select(VectorValue condition, VectorValue then, VectorValue otherwise) {
        Kind kind = then.isScalar() ? otherwise.kind() : then.kind();
        Kind vector = kind == Kind.SCALAR ? Kind.FLOATS : kind;
        VectorValue base = otherwise.isScalar() ? otherwise.spread(vector) : otherwise;
        String mask = vector == Kind.INTS ? "$L.cast(INTS)" : "$L";
        return base.call("blend($L, " + mask + ")", then.code(), mask(condition).code());
    }

    private static VectorValue cast(ElementType from, ElementType to, VectorValue x) {
        if (from == to) {
            return x;
        }
        if (to == ElementType.I32) {
            return new VectorValue(
                    Kind.INTS, Text.primary("$T.zero(INTS).blend(1, $L.cast(INTS))", INT_VECTOR, x.code()));
        }
        return from == ElementType.BOOL
                ? new VectorValue(Kind.FLOATS, Text.primary("$T.zero(FLOATS).blend(1f, $L)", FLOAT_VECTOR, x.code()))
                : new VectorValue(
                        Kind.FLOATS, Text.primary("(($T) $L.convert($T.I2F, 0))", FLOAT_VECTOR, x.code(), OPERATORS));
    }

    /** Through the scratch memory. */
    private VectorValue inScratch(Op.ElementWise op, ElementType from, List<VectorValue> operands) {
        for (int i = 0; i < operands.size(); i++) {
            VectorValue operand = operands.get(i);
            VectorValue vector = operand.isScalar() ? operand.spread(Kind.FLOATS) : operand;
            body.addStatement("$L.intoArray(lanes, $L)", vector.code(), i * KernelWriter.LANES);
        }
        Optional<String> function = function(op);
        if (function.isPresent()) {
            body.addStatement("$T.$L(lanes, 0, $L)", RuntimeNames.VECTOR_MATH, function.get(), KernelWriter.LANES);
        } else {
            laneByLane(op, from, operands.size());
        }
        String name = "f" + scratchUses++;
        body.addStatement("$1T $2L = $1T.fromArray(FLOATS, lanes, 0)", FLOAT_VECTOR, name);
        return new VectorValue(Kind.FLOATS, Text.primary("$L", name));
    }

    /** That of the runtime's VectorMath. */
    private static Optional<String> function(Op.ElementWise op) {
        return switch (op) {
            case Op.Unary(var kind) -> function(kind);
            case Op.Binary _, Op.Compare _, Op.Select _, Op.Cast _ -> Optional.empty();
        };
    }

    private static Optional<String> function(UnaryKind kind) {
        return switch (kind) {
            case EXP, EXPM1, LOG, TANH, SIGMOID, ERF -> Optional.of(kind.keyword());
            case NEGATE, ABS, SQRT, NOT, STOP_GRADIENT, LOG1P, SIN, COS, FLOOR, CEIL, ROUND, SIGN -> Optional.empty();
        };
    }

    private void laneByLane(Op.ElementWise op, ElementType from, int operands) {
        String first = "lanes[lane]";
        var elements = operands == 1
                ? List.of(Text.primary(first))
                : List.of(Text.primary(first), Text.primary("lanes[$L + lane]", KernelWriter.LANES));
        body.beginControlFlow("for (int lane = 0; lane < $L; lane++)", lanes);
        body.addStatement("$L = $L", first, FloatText.of(op, from, elements).code());
        body.endControlFlow();
    }
}
