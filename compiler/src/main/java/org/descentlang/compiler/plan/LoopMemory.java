package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Arena.Buffer;
import org.descentlang.compiler.type.Dim;

/**
 * What a loop needs of memory while it runs: what its body computes for itself, and places for what is carried and not
 * needed afterwards.
 */
final class LoopMemory {
    private final LoopPlanner planner;
    private final Capacity capacity;
    private final int group;
    private final int firstId;
    private final Plan draft;
    private final Map<Slot, Place> carried = new HashMap<>();
    private final Map<Slab, Offset> own = new EnumMap<>(Slab.class);

    /**
     * @param results the scans of the loop
     * @param firstId it and those after it are no values
     */
    LoopMemory(Program program, Capacity capacity, int group, List<Integer> results, int firstId) {
        this.planner = new LoopPlanner(program, capacity, results);
        this.capacity = capacity;
        this.group = group;
        this.firstId = firstId;
        this.draft = planner.draft();
    }

    /** How many buffers it may need. */
    int count() {
        return 1 + planner.carried().size();
    }

    List<Buffer> buffers(Slab slab) {
        Offset size = slab == Slab.WORK ? draft.work() : draft.integers();
        var scratch = new ArrayList<>(List.of(buffer(firstId, Dim.of(size.fixedPart()))));
        for (Slot slot : planner.carried()) {
            if (planner.last(slot).isEmpty() && LoopPlanner.slab(planner.type(slot)) == slab) {
                scratch.add(buffer(
                        id(slot), capacity.resolve(planner.type(slot).shape().count())));
            }
        }
        return scratch;
    }

    private Buffer buffer(int id, Dim size) {
        return new Buffer(id, size, group, group);
    }

    private int id(Slot slot) {
        return firstId + 1 + planner.carried().indexOf(slot);
    }

    /** Once all buffers and values have theirs. */
    void place(Slab slab, Offset base, Arena arena, Map<Integer, Place> values) {
        own.put(slab, base.plus(arena.offset(firstId)));
        for (Slot slot : planner.carried()) {
            if (LoopPlanner.slab(planner.type(slot)) == slab) {
                carried.put(
                        slot,
                        planner.last(slot)
                                .flatMap(value -> Optional.ofNullable(values.get(value)))
                                .orElseGet(() -> new Place(slab, base.plus(arena.offset(id(slot))))));
            }
        }
    }

    /**
     * What the loop is given at first where {@code value} is in the end, if it is given that for nothing else: it need
     * not be copied.
     *
     * @param memory the value whose memory holds another
     */
    Optional<Integer> first(int value, IntUnaryOperator memory) {
        var given = planner.operands().stream().map(memory::applyAsInt).toList();
        return planner.carried().stream()
                .filter(slot -> planner.last(slot).equals(Optional.of(value)))
                .map(slot -> memory.applyAsInt(planner.operand(slot)))
                .filter(first -> Collections.frequency(given, first) == 1)
                .findFirst();
    }

    Step.Loop step(String name, Memory memory) {
        return planner.step(
                name,
                carried,
                memory,
                new Base(own.getOrDefault(Slab.WORK, Offset.ZERO), own.getOrDefault(Slab.INTEGERS, Offset.ZERO)));
    }
}
