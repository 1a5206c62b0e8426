package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.StackedName;

/** A loop and what it is given, slot by slot: scans with equal ones are results of one run. */
record LoopRun(Loop loop, List<Integer> operands) {
    LoopRun {
        operands = List.copyOf(operands);
    }

    int operand(Slot slot) {
        return operands.get(loop.slots().indexOf(slot));
    }

    /** Without the slots that no turn reads; what is carried goes on all the same. */
    LoopRun withoutUnread() {
        Set<Slot> read = new HashSet<>();
        for (Instruction instruction : loop.body().instructions()) {
            slot(instruction.op()).ifPresent(read::add);
        }
        var slots = new ArrayList<Slot>();
        var given = new ArrayList<Integer>();
        for (Slot slot : loop.slots()) {
            if (slot.storage() == Storage.CARRIED || read.contains(slot)) {
                slots.add(slot);
                given.add(operand(slot));
            }
        }
        return new LoopRun(new Loop(loop.body(), loop.turns(), loop.backwards(), slots), given);
    }

    /** With another body, and more slots. */
    LoopRun with(Program body, List<Slot> more, List<Integer> given) {
        var slots = new ArrayList<>(loop.slots());
        slots.addAll(more);
        var all = new ArrayList<>(operands);
        all.addAll(given);
        return new LoopRun(new Loop(body, loop.turns(), loop.backwards(), slots), all);
    }

    /** The slot that an operation of a body reads. */
    static Optional<Slot> slot(Op op) {
        return op instanceof Op.Read read && read.storage() != Storage.SCALAR
                ? Optional.of(new Slot(read.storage(), read.name()))
                : Optional.empty();
    }

    /** Whether an operand is parameters of turns, which lie where the layout has them and not in one piece. */
    static boolean isNumbered(int operand, Rewriter program) {
        return program.op(operand) instanceof Op.Read read
                && StackedName.of(read.name()).isPresent();
    }
}
