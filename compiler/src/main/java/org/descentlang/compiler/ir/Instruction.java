package org.descentlang.compiler.ir;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.source.Span;
import org.descentlang.compiler.type.TensorType;

/**
 * One assignment: its value is known by its position in the program.
 *
 * @param operands positions of earlier instructions
 * @param origin where in an `.opt` file it comes from; a gradient has its forward operation's place
 */
public record Instruction(Op op, List<Integer> operands, TensorType type, Optional<Span> origin) {
    public Instruction {
        operands = List.copyOf(operands);
    }

    public int operand(int i) {
        return operands.get(i);
    }
}
