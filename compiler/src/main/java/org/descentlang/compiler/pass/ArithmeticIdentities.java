package org.descentlang.compiler.pass;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.type.ElementType;

/**
 * Element-wise operations that are another, cheaper one. All are exact but for the sign of a zero and for powers, where
 * a product may differ from {@code pow} in the last place and a root of -∞ is NaN; in particular {@code x * 0} stays,
 * since x may be infinite.
 *
 * <pre>
 * x * 1, x + 0, x - 0, x / 1, x ^ 1, --x, max(x, x)     ──▶  x
 * x ^ 2, x ^ 3, x ^ 0.5, x ^ 0, x ^ -1                  ──▶  x * x, x * x * x, sqrt x, 1, 1 / x
 * x / 8                                                 ──▶  x * 0.125
 * x * -1, 0 - x, x + -y, x - -y                         ──▶  -x, -x, x - y, x + y
 * select(true, x, y), select(c, x, x), cast to same     ──▶  x
 * select(c, x, select(c, y, z))                         ──▶  select(c, x, z)
 * </pre>
 */
final class ArithmeticIdentities implements Rule {
    /** Up to here a power of two and its inverse are normal f32 numbers. */
    private static final int LARGEST_EXPONENT = 126;

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        return op instanceof Op.ElementWise elementWise
                ? elementWise(elementWise, operands, program)
                : OptionalInt.empty();
    }

    private static OptionalInt elementWise(Op.ElementWise op, List<Integer> operands, Rewriter program) {
        return switch (op) {
            case Op.Unary unary -> unary(unary.kind(), operands.getFirst(), program);
            case Op.Binary binary -> binary(binary.kind(), operands.getFirst(), operands.get(1), program);
            case Op.Select _ -> select(operands, program);
            case Op.Cast(ElementType to)
            when to == program.type(operands.getFirst()).element() -> OptionalInt.of(operands.getFirst());
            case Op.Cast _, Op.Compare _ -> OptionalInt.empty();
        };
    }

    private static OptionalInt unary(UnaryKind kind, int x, Rewriter program) {
        boolean inverse = kind == UnaryKind.NEGATE || kind == UnaryKind.NOT;
        return inverse && is(x, kind, program)
                ? OptionalInt.of(program.instruction(x).operand(0))
                : OptionalInt.empty();
    }

    private static OptionalInt binary(BinaryKind kind, int a, int b, Rewriter program) {
        return switch (kind) {
            case ADD -> sum(a, b, program);
            case SUBTRACT -> difference(a, b, program);
            case MULTIPLY -> product(a, b, program);
            case DIVIDE -> quotient(a, b, program);
            case POWER -> power(a, b, program);
            case MAXIMUM, MINIMUM, AND, OR -> a == b ? OptionalInt.of(a) : OptionalInt.empty();
            case REMAINDER -> OptionalInt.empty();
        };
    }

    private static OptionalInt sum(int a, int b, Rewriter program) {
        if (is(a, 0, program)) {
            return OptionalInt.of(b);
        }
        if (is(b, 0, program)) {
            return OptionalInt.of(a);
        }
        if (is(b, UnaryKind.NEGATE, program)) {
            return OptionalInt.of(add(BinaryKind.SUBTRACT, a, operand(b, program), program));
        }
        return is(a, UnaryKind.NEGATE, program)
                ? OptionalInt.of(add(BinaryKind.SUBTRACT, b, operand(a, program), program))
                : OptionalInt.empty();
    }

    private static OptionalInt difference(int a, int b, Rewriter program) {
        if (is(b, 0, program)) {
            return OptionalInt.of(a);
        }
        if (is(a, 0, program)) {
            return OptionalInt.of(program.add(new Op.Unary(UnaryKind.NEGATE), b));
        }
        return is(b, UnaryKind.NEGATE, program)
                ? OptionalInt.of(add(BinaryKind.ADD, a, operand(b, program), program))
                : OptionalInt.empty();
    }

    private static OptionalInt product(int a, int b, Rewriter program) {
        if (program.constant(a).isPresent()) {
            return scaled(b, program.constant(a).getAsDouble(), program);
        }
        OptionalDouble factor = program.constant(b);
        return factor.isPresent() ? scaled(a, factor.getAsDouble(), program) : OptionalInt.empty();
    }

    private static OptionalInt scaled(int x, double factor, Rewriter program) {
        if (factor == 1) {
            return OptionalInt.of(x);
        }
        return factor == -1 ? OptionalInt.of(program.add(new Op.Unary(UnaryKind.NEGATE), x)) : OptionalInt.empty();
    }

    private static OptionalInt quotient(int a, int b, Rewriter program) {
        OptionalDouble divisor = program.constant(b);
        if (divisor.isEmpty()) {
            return OptionalInt.empty();
        }
        double number = divisor.getAsDouble();
        if (number == 1) {
            return OptionalInt.of(a);
        }
        boolean real = program.type(a).element() == ElementType.F32;
        return real && hasExactInverse(number)
                ? OptionalInt.of(add(BinaryKind.MULTIPLY, a, program.constant(1 / number, program.type(b)), program))
                : OptionalInt.empty();
    }

    private static boolean hasExactInverse(double number) {
        int exponent = Math.getExponent(number);
        return Math.abs(exponent) <= LARGEST_EXPONENT && Math.abs(number) == Math.scalb(1.0, exponent);
    }

    private static OptionalInt power(int a, int b, Rewriter program) {
        OptionalDouble exponent = program.constant(b);
        if (exponent.isEmpty() || program.type(a).element() != ElementType.F32) {
            return OptionalInt.empty();
        }
        double number = exponent.getAsDouble();
        if (number == 0) {
            return OptionalInt.of(program.constant(1, program.type(a)));
        }
        if (number == 0.5) {
            return OptionalInt.of(program.add(new Op.Unary(UnaryKind.SQRT), a));
        }
        if (number == -1) {
            return OptionalInt.of(add(BinaryKind.DIVIDE, program.constant(1, program.type(a)), a, program));
        }
        boolean few = number == 1 || number == 2 || number == 3;
        return few ? OptionalInt.of(repeated(a, (int) number, program)) : OptionalInt.empty();
    }

    private static int repeated(int x, int times, Rewriter program) {
        int product = x;
        for (int i = 1; i < times; i++) {
            product = add(BinaryKind.MULTIPLY, product, x, program);
        }
        return product;
    }

    private static OptionalInt select(List<Integer> operands, Rewriter program) {
        if (operands.get(1).equals(operands.get(2))) {
            return OptionalInt.of(operands.get(1));
        }
        OptionalDouble condition = program.constant(operands.getFirst());
        return condition.isPresent()
                ? OptionalInt.of(operands.get(condition.getAsDouble() != 0 ? 1 : 2))
                : chosenTwice(operands, program);
    }

    /** A condition that is asked again where its answer is known. */
    private static OptionalInt chosenTwice(List<Integer> operands, Rewriter program) {
        int then = known(operands, 1, program);
        int otherwise = known(operands, 2, program);
        return then == operands.get(1) && otherwise == operands.get(2)
                ? OptionalInt.empty()
                : OptionalInt.of(program.add(new Op.Select(), operands.getFirst(), then, otherwise));
    }

    private static int known(List<Integer> operands, int branch, Rewriter program) {
        Instruction value = program.instruction(operands.get(branch));
        boolean again = value.op() instanceof Op.Select && value.operand(0) == operands.getFirst();
        return again ? value.operand(branch) : operands.get(branch);
    }

    private static int add(BinaryKind kind, int a, int b, Rewriter program) {
        return program.add(new Op.Binary(kind), a, b);
    }

    private static int operand(int value, Rewriter program) {
        return program.instruction(value).operand(0);
    }

    private static boolean is(int value, UnaryKind kind, Rewriter program) {
        return program.op(value) instanceof Op.Unary unary && unary.kind() == kind;
    }

    private static boolean is(int value, double number, Rewriter program) {
        OptionalDouble constant = program.constant(value);
        return constant.isPresent() && constant.getAsDouble() == number;
    }
}
