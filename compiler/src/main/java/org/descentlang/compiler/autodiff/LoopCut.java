package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Cost;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.pass.DeadCode;

/**
 * A turn there and back, cut in two: what does not depend on a derivative is the way there. What crosses the cut is
 * kept, unless it is cheaper to compute once more: numbers, views, and sums of what is kept anyway.
 */
final class LoopCut {
    private static final String KEPT = "kept_";

    private final Program whole;
    private final Loop loop;
    private final BitSet back = new BitSet();
    private final BitSet kept = new BitSet();
    private final ProgramBuilder backward;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Integer, Integer> moved = new HashMap<>();

    /** @param whole whose derivatives are the reads that are not slots of the loop */
    LoopCut(Program whole, Loop loop) {
        this.whole = whole;
        this.loop = loop;
        this.backward = new ProgramBuilder(loop.body().name() + "_gradient");
        mark();
        keep();
        write();
    }

    /** Of the backward loop: what the forward loop keeps for it. */
    static boolean isKept(Slot slot) {
        return slot.storage() == Storage.ELEMENT && slot.name().startsWith(KEPT);
    }

    Program forward() {
        var outputs =
                new ArrayList<>(whole.outputs().stream().filter(this::isForward).toList());
        kept.stream().forEach(value -> outputs.add(new Output(Sink.ELEMENT, KEPT + value, value)));
        return DeadCode.remove(new Program(loop.body().name(), whole.instructions(), outputs));
    }

    Program backward() {
        return backward.build();
    }

    List<Slot> backwardSlots() {
        return List.copyOf(slots);
    }

    private boolean isForward(Output output) {
        return loop.output(output.sink(), output.name()).isPresent();
    }

    private void mark() {
        for (int value = 0; value < whole.size(); value++) {
            Instruction instruction = whole.instruction(value);
            boolean derivative = instruction.op() instanceof Op.Read read
                    && read.storage() != Storage.SCALAR
                    && !loop.slots().contains(new Slot(read.storage(), read.name()));
            back.set(value, derivative || instruction.operands().stream().anyMatch(back::get));
        }
    }

    private void keep() {
        var crossing = new BitSet();
        for (int value = whole.size() - 1; value >= 0; value--) {
            Instruction instruction = whole.instruction(value);
            if (back.get(value)) {
                boolean call = instruction.op() instanceof Op.Call;
                instruction.operands().stream()
                        .filter(operand -> !back.get(operand))
                        .forEach(operand -> (call ? kept : crossing).set(viewed(operand)));
            }
        }
        crossing.stream().filter(value -> !isCheap(value)).forEach(kept::set);
        keepUnknown(crossing);
        kept.stream().filter(this::isRead).forEach(kept::clear);
    }

    /** Of what crosses, what does not follow cheaply from what is kept. */
    private void keepUnknown(BitSet crossing) {
        var known = new BitSet();
        for (int value = 0; value < whole.size(); value++) {
            boolean follows = isCheap(value)
                    && whole.instruction(value).operands().stream().allMatch(known::get);
            if (crossing.get(value) && !follows) {
                kept.set(value);
            }
            known.set(value, follows || kept.get(value));
        }
    }

    /** What a view shows. */
    private int viewed(int value) {
        Instruction instruction = whole.instruction(value);
        return instruction.op() instanceof Op.View ? viewed(instruction.operand(0)) : value;
    }

    /** Leaves are known in every turn but for what the turn before left. */
    private boolean isRead(int value) {
        return whole.instruction(value).op() instanceof Op.Leaf leaf
                && !(leaf instanceof Op.Read read && read.storage() == Storage.CARRIED);
    }

    private boolean isCheap(int value) {
        return switch (whole.instruction(value).op()) {
            case Op.Read read -> read.storage() != Storage.CARRIED;
            case Op.Constant _, Op.Extent _, Op.Iota _ -> true;
            case Op.Unary(var kind) -> kind.cost() == Cost.SUM;
            case Op.Binary(var kind) -> kind.cost() == Cost.SUM;
            case Op.Compare _, Op.Select _, Op.Cast _, Op.View _ -> true;
            case Op.Reducing _, Op.Assembling _, Op.Call _, Op.Region _ -> false;
        };
    }

    private void write() {
        for (Output output : whole.outputs()) {
            if (!isForward(output)) {
                backward.output(output.sink(), output.name(), move(output.value()));
            }
        }
    }

    private int move(int value) {
        Integer known = moved.get(value);
        if (known == null) {
            known = add(value);
            moved.put(value, known);
        }
        return known;
    }

    private int add(int value) {
        Instruction instruction = whole.instruction(value);
        if (kept.get(value)) {
            return read(new Op.Read(Storage.ELEMENT, KEPT + value, instruction.type()), instruction);
        }
        if (instruction.op() instanceof Op.Read read && read.storage() != Storage.SCALAR) {
            return read(read, instruction);
        }
        List<Integer> operands = instruction.operands().stream().map(this::move).toList();
        backward.at(instruction.origin());
        return backward.add(instruction.op(), operands);
    }

    private int read(Op.Read read, Instruction instruction) {
        slots.add(new Slot(read.storage(), read.name()));
        backward.at(instruction.origin());
        return backward.add(read);
    }
}
