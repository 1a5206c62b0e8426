package org.descentlang.compiler.autodiff;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;
import org.descentlang.compiler.type.ElementType;

/**
 * Which values of a program have a derivative with respect to its parameters, and what stands in the way for the
 * others. An operation whose derivative is zero almost everywhere (a comparison, the position of a maximum, rounding)
 * counts as an obstacle.
 */
public final class Differentiability {
    private static final int INDEPENDENT = -1;
    private static final int DIFFERENTIABLE = -2;

    /**
     * By value: one of the above or, if every way from the parameters is blocked, the instruction that blocks the
     * first.
     */
    private final int[] states;

    private Differentiability(int[] states) {
        this.states = states;
    }

    /** With respect to all parameters. */
    public static Differentiability of(Program program) {
        return of(program, path -> true);
    }

    /** With respect to the parameters whose path is {@code chosen}. */
    public static Differentiability of(Program program, Predicate<String> chosen) {
        return ofReads(program, read -> read.storage() == Op.Storage.PARAMETER && isChosen(read.name(), chosen));
    }

    private static boolean isChosen(String name, Predicate<String> chosen) {
        return StackedName.of(name)
                .map(names -> names.indices().mapToObj(names::name).anyMatch(chosen))
                .orElseGet(() -> chosen.test(name));
    }

    /** With respect to what is read, where it is chosen. */
    static Differentiability ofReads(Program program, Predicate<Op.Read> chosen) {
        int[] states = new int[program.size()];
        Arrays.fill(states, INDEPENDENT);
        for (int value = 0; value < states.length; value++) {
            states[value] = state(program.instruction(value), value, states, chosen);
        }
        return new Differentiability(states);
    }

    /** Whether some differentiable way leads from a parameter to the value. */
    public boolean isDifferentiable(int value) {
        return states[value] == DIFFERENTIABLE;
    }

    /** Whether the value depends on no parameter at all. */
    public boolean isIndependent(int value) {
        return states[value] == INDEPENDENT;
    }

    /** The instruction because of which a value that depends on parameters has no derivative. */
    public OptionalInt obstacle(int value) {
        return states[value] >= 0 ? OptionalInt.of(states[value]) : OptionalInt.empty();
    }

    private static int state(Instruction instruction, int value, int[] states, Predicate<Op.Read> chosen) {
        if (instruction.op() instanceof Op.Read read) {
            boolean trained = chosen.test(read) && read.type().element() == ElementType.F32;
            return trained ? DIFFERENTIABLE : INDEPENDENT;
        }
        int state = INDEPENDENT;
        for (int i = 0; i < instruction.operands().size(); i++) {
            int operand = states[instruction.operand(i)];
            if (operand == DIFFERENTIABLE && passes(instruction, i)) {
                return DIFFERENTIABLE;
            }
            if (operand != INDEPENDENT && state == INDEPENDENT) {
                state = operand == DIFFERENTIABLE ? value : operand;
            }
        }
        return state;
    }

    /**
     * Whether the instruction's result has a derivative, not zero everywhere, with respect to its operand {@code i}.
     */
    private static boolean passes(Instruction instruction, int i) {
        boolean real = instruction.type().element() == ElementType.F32;
        return switch (instruction.op()) {
            case Op.Leaf _ -> false;
            case Op.ElementWise op ->
                switch (op) {
                    case Op.Unary(var kind) -> real && kind.hasSlope();
                    case Op.Binary _, Op.Cast _ -> real;
                    case Op.Compare _ -> false;
                    case Op.Select _ -> real && i > 0;
                };
            case Op.View _, Op.Assembling _ -> real;
            case Op.Reducing op ->
                switch (op) {
                    case Op.Reduce _ -> real;
                    case Op.ArgMax _ -> false;
                };
            case Op.Call op ->
                switch (op) {
                    case Op.Random _ -> false;
                    case Op.MatMul _, Op.Convolve _ -> real;
                    case Op.Gather _, Op.Pick _ -> real && i == 0;
                    case Op.ScatterAdd _, Op.PutBack _ -> i == 1;
                    case Op.WindowArgMax _ -> false;
                };
            case Op.Region _ -> real;
        };
    }
}
