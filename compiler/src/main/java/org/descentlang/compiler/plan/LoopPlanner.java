package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.pass.DeadCode;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.compiler.type.TensorType;

/**
 * Plans the loop of a group of scans: its body, and what it needs of the memory of the program around. What is carried
 * has one place, which each turn writes when it has read it.
 */
final class LoopPlanner {
    /** So far apart that no two slots overlap while only the size of the body's own memory is asked for. */
    private static final long APART = 1L << 40;

    private final Program program;
    private final Capacity capacity;
    private final List<Integer> results;
    private final Loop loop;
    private final List<Integer> operands;
    private final Program body;

    LoopPlanner(Program program, Capacity capacity, List<Integer> results) {
        this.program = program;
        this.capacity = capacity;
        this.results = results;
        Instruction first = program.instruction(results.getFirst());
        this.loop = scan(results.getFirst()).loop();
        this.operands = first.operands();
        this.body = GradientCopies.explicit(
                DeadCode.remove(new Program(loop.body().name(), loop.body().instructions(), outputs())));
    }

    private Op.Scan scan(int value) {
        return (Op.Scan) program.instruction(value).op();
    }

    /** What is carried first, so that it is computed in its place and copied to others. */
    private List<Output> outputs() {
        return loop.body().outputs().stream()
                .filter(output ->
                        output.sink() == Sink.CARRIED || result(output).isPresent())
                .sorted(Comparator.comparing(output -> output.sink() != Sink.CARRIED))
                .toList();
    }

    private Optional<Integer> result(Output output) {
        return results.stream()
                .filter(value -> scan(value).sink() == output.sink()
                        && scan(value).result().equals(output.name()))
                .findFirst();
    }

    /** The slots that hold what is carried. */
    List<Slot> carried() {
        return loop.slots().stream()
                .filter(slot -> slot.storage() == Storage.CARRIED)
                .toList();
    }

    List<Integer> operands() {
        return operands;
    }

    int operand(Slot slot) {
        return operands.get(loop.slots().indexOf(slot));
    }

    TensorType type(Slot slot) {
        return program.type(operand(slot));
    }

    /** The result that a slot holds when the loop has ended. */
    Optional<Integer> last(Slot slot) {
        return result(new Output(Sink.CARRIED, slot.name(), 0));
    }

    /** With memory of its own only as large as it has to be. */
    Plan draft() {
        var slots = new HashMap<Slot, Place>();
        var left = new HashMap<String, Place>();
        long at = 1;
        for (Slot slot : loop.slots()) {
            slots.put(slot, new Place(slab(type(slot)), APART * at++));
        }
        for (Output output : body.outputs()) {
            left.put(output.name(), new Place(slab(body.type(output.value())), APART * at++));
        }
        return plan("draft", slots, left, Base.START);
    }

    static Slab slab(TensorType type) {
        return type.element() == ElementType.F32 ? Slab.WORK : Slab.INTEGERS;
    }

    /**
     * @param carried where each slot is
     * @param memory of the program around
     */
    Step.Loop step(String name, Map<Slot, Place> carried, Memory memory, Base base) {
        var before = new ArrayList<Step.Copy>();
        var slots = new HashMap<Slot, Place>();
        for (Slot slot : loop.slots()) {
            int operand = memory.inMemory(operand(slot));
            Place given = memory.place(operand);
            Place own = carried.getOrDefault(slot, given);
            slots.put(slot, slot.storage() == Storage.ELEMENT ? moving(name, given, memory.stride(operand)) : own);
            if (slot.storage() == Storage.CARRIED && !own.equals(given)) {
                before.add(new Step.Copy(given, own, type(slot).shape().count()));
            }
        }
        var left = new HashMap<String, Place>();
        for (Output output : body.outputs()) {
            if (output.sink() == Sink.ELEMENT) {
                int value = result(output).orElseThrow();
                left.put(output.name(), moving(name, memory.place(value), memory.stride(value)));
            }
        }
        Plan plan = plan(name + "Turn", slots, left, base);
        return new Step.Loop(name, loop.turns(), loop.backwards(), before, plan, results);
    }

    private Place moving(String name, Place first, Dim stride) {
        return first.in(new Place.Stride(name, loop.turns(), stride));
    }

    private Plan plan(String name, Map<Slot, Place> slots, Map<String, Place> left, Base base) {
        var layout = new Layout() {
            @Override
            public Place of(Op.Read read) {
                return found(slots::get, new Slot(read.storage(), read.name()));
            }

            @Override
            public Place of(Output output) {
                return output.sink() == Sink.CARRIED
                        ? found(slots::get, new Slot(Storage.CARRIED, output.name()))
                        : found(left::get, output.name());
            }
        };
        return Planner.plan(name, body, capacity, layout, base);
    }

    private static <K> Place found(Function<K, Place> places, K key) {
        return Optional.ofNullable(places.apply(key))
                .orElseThrow(() -> new IllegalArgumentException("no place for " + key));
    }
}
