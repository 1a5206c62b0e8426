package org.descentlang.compiler.ir;

import java.util.List;
import org.descentlang.compiler.type.TensorType;

/**
 * A flat, single-assignment list of instructions: instruction {@code i} refers to instructions before {@code i} only.
 * Its invariants are numbered in {@link Verifier}. All outputs happen after all reads.
 */
public record Program(String name, List<Instruction> instructions, List<Output> outputs) {
    public Program {
        instructions = List.copyOf(instructions);
        outputs = List.copyOf(outputs);
    }

    public int size() {
        return instructions.size();
    }

    public Instruction instruction(int value) {
        return instructions.get(value);
    }

    public TensorType type(int value) {
        return instructions.get(value).type();
    }
}
