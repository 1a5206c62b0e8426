package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * Rebuilds a program, each instruction through the rules. What a rule adds goes through them too, so one walk
 * reaches what would otherwise take a walk for each rule in turn; its time is linear in the program's size.
 */
public final class Rewriter {
    private final ProgramBuilder builder;
    private final List<Rule> rules;

    private Rewriter(String name, List<Rule> rules) {
        this.builder = new ProgramBuilder(name);
        this.rules = rules;
    }

    public static Program rewrite(Program program, List<Rule> rules) {
        var rewriter = new Rewriter(program.name(), rules);
        int[] moved = new int[program.size()];
        for (int value = 0; value < program.size(); value++) {
            Instruction instruction = program.instruction(value);
            rewriter.builder.at(instruction.origin());
            moved[value] = rewriter.add(instruction.op(), moved(instruction.operands(), moved));
        }
        for (Output output : program.outputs()) {
            rewriter.builder.output(output.sink(), output.name(), moved[output.value()]);
        }
        return rewriter.builder.build();
    }

    static List<Integer> moved(List<Integer> values, int[] moved) {
        var result = new ArrayList<Integer>(values.size());
        for (int value : values) {
            result.add(moved[value]);
        }
        return result;
    }

    int add(Op op, Integer... operands) {
        return add(op, List.of(operands));
    }

    int add(Op op, List<Integer> operands) {
        for (Rule rule : rules) {
            OptionalInt replacement = rule.apply(op, operands, this);
            if (replacement.isPresent()) {
                return replacement.getAsInt();
            }
        }
        return append(op, operands);
    }

    /** Past the rules. */
    int append(Op op, List<Integer> operands) {
        return builder.add(op, operands);
    }

    Instruction instruction(int value) {
        return builder.instruction(value);
    }

    Op op(int value) {
        return builder.instruction(value).op();
    }

    TensorType type(int value) {
        return builder.type(value);
    }

    Shape shape(int value) {
        return builder.type(value).shape();
    }

    /** A value that has been computed in just this way, in either order of two operands. */
    OptionalInt find(Op op, List<Integer> operands) {
        for (int value = builder.size() - 1; value >= 0; value--) {
            Instruction made = builder.instruction(value);
            boolean same = made.op().equals(op)
                    && (made.operands().equals(operands)
                            || made.operands().reversed().equals(operands));
            if (same) {
                return OptionalInt.of(value);
            }
        }
        return OptionalInt.empty();
    }

    /** The scalar that all elements of the value are equal to, if that is how it was made. */
    OptionalInt scalar(int value) {
        int source = op(value) instanceof Op.Broadcast ? instruction(value).operand(0) : value;
        return shape(source).isScalar() ? OptionalInt.of(source) : OptionalInt.empty();
    }

    /** The number that all elements of the value are equal to, if it is known. */
    OptionalDouble constant(int value) {
        OptionalInt scalar = scalar(value);
        return scalar.isPresent() && op(scalar.getAsInt()) instanceof Op.Constant(double number, var _)
                ? OptionalDouble.of(number)
                : OptionalDouble.empty();
    }

    /** A scalar repeated over a shape. */
    int spread(int scalar, Shape shape) {
        return shape.isScalar() ? scalar : add(new Op.Broadcast(shape, List.of()), scalar);
    }

    /** A number in every element of a tensor. */
    int constant(double number, TensorType type) {
        return spread(add(new Op.Constant(number, type.element())), type.shape());
    }
}
