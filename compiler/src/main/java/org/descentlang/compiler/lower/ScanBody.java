package org.descentlang.compiler.lower;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.ProgramBuilder;

/**
 * Makes a loop of a turn that was evaluated at the end of a program. What depends on the turn, or draws random numbers,
 * becomes the body; everything else is the same in all turns and stays where it is.
 *
 * <pre>
 *   %7 = read element "s"                       %7 = read parameter "w"
 *   %8 = read parameter "w"           ──▶       %8 = scan body, %x, %7
 *   %9 = matmul %7, %8                          body: matmul element "s", shared "0"
 * </pre>
 */
final class ScanBody {
    /**
     * What a turn reads.
     *
     * @param read what stands for it in the evaluated turn
     * @param operand what the loop is given for it
     */
    record Given(Slot slot, int read, int operand) {}

    /** What a turn leaves, in the evaluated turn. */
    record Left(Output.Sink sink, String name, int value) {}

    private final ProgramBuilder program;
    private final int first;
    private final List<Instruction> evaluated;
    private final BitSet ofTurn = new BitSet();
    private final int[] outside;
    private final Map<Integer, Integer> inside = new HashMap<>();
    private final ProgramBuilder body;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Integer> operands = new ArrayList<>();

    /** @param first the turn's first instruction */
    ScanBody(ProgramBuilder program, int first, String name, List<Given> given) {
        this.program = program;
        this.first = first;
        this.evaluated = program.cut(first);
        this.outside = new int[evaluated.size()];
        this.body = new ProgramBuilder(name);
        given.forEach(one -> ofTurn.set(one.read - first));
        mark();
        keepOutside();
        for (Given one : given) {
            inside.put(one.read, slot(one.slot, instruction(one.read), one.operand));
        }
        writeBody();
    }

    /** The loop, once it is known what it leaves. */
    Loop loop(int turns, boolean backwards, List<Left> left) {
        left.forEach(one -> body.output(one.sink, one.name, inside(one.value)));
        return new Loop(body.build(), turns, backwards, slots);
    }

    /** What the loop is given, slot by slot. */
    List<Integer> operands() {
        return List.copyOf(operands);
    }

    /** Where an instruction that is no part of the turn is now. */
    int moved(int value) {
        return value < first ? value : outside[value - first];
    }

    private Instruction instruction(int value) {
        return value < first ? program.instruction(value) : evaluated.get(value - first);
    }

    private boolean isOfTurn(int value) {
        return value >= first && ofTurn.get(value - first);
    }

    private void mark() {
        for (int i = 0; i < evaluated.size(); i++) {
            Instruction instruction = evaluated.get(i);
            if (isDrawn(instruction.op()) || instruction.operands().stream().anyMatch(this::isOfTurn)) {
                ofTurn.set(i);
            }
        }
    }

    /** Whether random numbers are drawn, here or in a loop's body. */
    static boolean isDrawn(Op op) {
        return op instanceof Op.Random
                || op instanceof Op.Region region
                        && region.body().instructions().stream().anyMatch(inner -> isDrawn(inner.op()));
    }

    private void keepOutside() {
        for (int i = 0; i < evaluated.size(); i++) {
            if (!ofTurn.get(i)) {
                Instruction instruction = evaluated.get(i);
                program.at(instruction.origin());
                outside[i] = program.add(
                        instruction.op(),
                        instruction.operands().stream().map(this::moved).toList());
            }
        }
    }

    private void writeBody() {
        for (int i = 0; i < evaluated.size(); i++) {
            int value = first + i;
            if (ofTurn.get(i) && !inside.containsKey(value)) {
                Instruction instruction = evaluated.get(i);
                List<Integer> moved =
                        instruction.operands().stream().map(this::inside).toList();
                body.at(instruction.origin());
                inside.put(value, body.add(inTurn(instruction.op()), moved));
            }
        }
    }

    /** Each turn has a place of its own in the random stream. */
    private static Op inTurn(Op op) {
        return op instanceof Op.Random random
                ? new Op.Random(random.distribution(), random.place(), 1, random.shape())
                : op;
    }

    private int inside(int value) {
        Integer known = inside.get(value);
        if (known == null) {
            known = fromOutside(value);
            inside.put(value, known);
        }
        return known;
    }

    private int fromOutside(int value) {
        Instruction instruction = instruction(value);
        boolean number = instruction.op() instanceof Op.Leaf leaf
                && !(leaf instanceof Op.Read read && read.storage() != Storage.SCALAR);
        if (number) {
            body.at(instruction.origin());
            return body.add(instruction.op());
        }
        return slot(new Slot(Storage.SHARED, "shared_" + slots.size()), instruction, moved(value));
    }

    private int slot(Slot slot, Instruction like, int operand) {
        slots.add(slot);
        operands.add(operand);
        body.at(like.origin());
        return body.add(new Op.Read(slot.storage(), slot.name(), like.type()));
    }
}
