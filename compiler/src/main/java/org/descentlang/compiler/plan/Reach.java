package org.descentlang.compiler.plan;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Dim;

/** What an element of a root is computed from, back to memory, other roots and host scalars. */
final class Reach {
    /** One element of a root or of what a program reads. */
    record Access(int value, Index index) {}

    private final Program program;
    private final Roots roots;
    private final List<Dim> extents;
    private final Set<Access> seen = new HashSet<>();
    private final Set<Access> memory = new LinkedHashSet<>();
    private final Set<Integer> hosts = new LinkedHashSet<>();
    private final Set<Integer> inlined = new LinkedHashSet<>();

    Reach(Program program, Roots roots, List<Dim> extents) {
        this.program = program;
        this.roots = roots;
        this.extents = extents;
    }

    /** Elements of other roots and of reads. */
    Set<Access> memory() {
        return memory;
    }

    Set<Integer> hosts() {
        return hosts;
    }

    /** Values that are recomputed on the way. */
    Set<Integer> inlined() {
        return inlined;
    }

    /** Follows the operands of a root whose element at {@code index} is computed. */
    void intoRoot(int root, Index index) {
        inlined.add(root);
        Instruction instruction = program.instruction(root);
        for (int operand : instruction.operands()) {
            to(operand, operandIndex(root, operand, index));
        }
    }

    void to(int value, Index index) {
        if (roots.isHost(value)) {
            hosts.add(value);
        } else if (roots.isRoot(value) || Role.of(program, value) == Role.READ) {
            memory.add(new Access(value, index));
        } else if (seen.add(new Access(value, index))) {
            intoRoot(value, index);
        }
    }

    private Index operandIndex(int value, int operand, Index index) {
        Instruction instruction = program.instruction(value);
        return Role.of(program, value) == Role.VIEW
                ? index.through(
                        instruction.op(),
                        program.type(operand).shape(),
                        instruction.type().shape(),
                        extents)
                : index;
    }
}
