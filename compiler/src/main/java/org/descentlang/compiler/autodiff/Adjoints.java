package org.descentlang.compiler.autodiff;

import java.util.Arrays;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.UnaryKind;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * The derivatives of the loss with respect to values of the forward program, as far as they are known, and the
 * arithmetic to write them with. What is the same everywhere in a tensor is computed as a scalar and broadcast
 * afterwards.
 */
final class Adjoints {
    private static final int NONE = -1;

    private final ProgramBuilder program;
    private final Differentiability differentiability;
    private final int[] adjoints;

    Adjoints(ProgramBuilder program, Differentiability differentiability) {
        this.program = program;
        this.differentiability = differentiability;
        this.adjoints = new int[program.size()];
        Arrays.fill(adjoints, NONE);
    }

    boolean isKnown(int value) {
        return adjoints[value] != NONE;
    }

    int of(int value) {
        return adjoints[value];
    }

    /** Whether it matters what the derivative with respect to {@code value} is. */
    boolean isWanted(int value) {
        return differentiability.isDifferentiable(value);
    }

    /** One more way on which the loss depends on {@code value}. */
    void add(int value, int contribution) {
        adjoints[value] = isKnown(value) ? binary(BinaryKind.ADD, adjoints[value], contribution) : contribution;
    }

    Instruction instruction(int value) {
        return program.instruction(value);
    }

    TensorType type(int value) {
        return program.type(value);
    }

    Shape shape(int value) {
        return program.type(value).shape();
    }

    int apply(Op op, Integer... operands) {
        return program.add(op, operands);
    }

    /** The number in every element of {@code shape}. */
    int constant(double number, Shape shape) {
        return spread(program.add(new Op.Constant(number, ElementType.F32)), shape);
    }

    /** The value of a scalar in every element of {@code shape}. */
    int spread(int scalar, Shape shape) {
        return shape.isScalar() ? scalar : program.add(new Op.Broadcast(shape, List.of()), scalar);
    }

    int unary(UnaryKind kind, int x) {
        int result = program.add(new Op.Unary(kind), everywhere(x));
        return shape(result).isScalar() ? spread(result, shape(x)) : result;
    }

    int negate(int x) {
        return unary(UnaryKind.NEGATE, x);
    }

    int multiply(int a, int b) {
        if (isConstant(a, 1)) {
            return b;
        }
        return isConstant(b, 1) ? a : binary(BinaryKind.MULTIPLY, a, b);
    }

    int divide(int a, int b) {
        return isConstant(b, 1) ? a : binary(BinaryKind.DIVIDE, a, b);
    }

    int scale(int x, double factor) {
        int scalar = everywhere(x);
        boolean uniform = shape(scalar).isScalar();
        int scaled = multiply(scalar, constant(factor, shape(scalar)));
        return uniform ? spread(scaled, shape(x)) : scaled;
    }

    int binary(BinaryKind kind, int a, int b) {
        int scalarA = everywhere(a);
        int scalarB = everywhere(b);
        boolean uniform = shape(scalarA).isScalar() && shape(scalarB).isScalar();
        return uniform
                ? spread(program.add(new Op.Binary(kind), scalarA, scalarB), shape(a))
                : program.add(new Op.Binary(kind), a, b);
    }

    int sum(int x, List<Integer> axes) {
        return apply(new Op.Reduce(Op.Reduction.SUM, axes), x);
    }

    int compare(Op.Comparison comparison, int a, int b) {
        return program.add(new Op.Compare(comparison), a, b);
    }

    int select(int condition, int a, int b) {
        return program.add(new Op.Select(), condition, a, b);
    }

    /** Whether the value was written as a number. */
    boolean isConstant(int value) {
        return program.instruction(everywhere(value)).op() instanceof Op.Constant;
    }

    boolean isConstant(int value, double number) {
        return isConstant(value) && constant(value) == number;
    }

    /** The number that {@link #isConstant(int)} found. */
    double constant(int value) {
        return ((Op.Constant) program.instruction(everywhere(value)).op()).value();
    }

    /** The scalar that the value is a broadcast of, or else the value itself. */
    private int everywhere(int value) {
        int source = value;
        while (program.instruction(source).op() instanceof Op.Broadcast) {
            source = program.instruction(source).operand(0);
        }
        return shape(source).isScalar() ? source : value;
    }
}
