package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Arena.Buffer;
import org.descentlang.compiler.plan.Group.Kind;
import org.descentlang.compiler.plan.Uses.Use;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.ElementType;

/** Where every value that is in memory lies: inputs and results where the layout says, the rest in an arena. */
final class Memory {
    private record Late(int value, Place target) {}

    private final Program program;
    private final Capacity capacity;
    private final Roots roots;
    private final List<Group> groups;
    private final Stages stages;
    private final Uses uses;
    private final Map<Integer, Place> places = new HashMap<>();
    private final Map<Integer, Offset> strides = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    private final int[] groupOf;
    private final Base base;
    private final Map<Integer, LoopMemory> loops = new TreeMap<>();
    private Offset work = Offset.ZERO;
    private Offset workWithoutReuse = Offset.ZERO;
    private Offset integers = Offset.ZERO;

    private Memory(Program program, Capacity capacity, Roots roots, List<Group> groups, Stages stages, Base base) {
        this.base = base;
        this.program = program;
        this.capacity = capacity;
        this.roots = roots;
        this.groups = groups;
        this.stages = stages;
        this.uses = Uses.of(program, roots, groups);
        this.groupOf = new int[program.size()];
        int free = program.size();
        for (int i = 0; i < groups.size(); i++) {
            for (int value : groups.get(i).roots()) {
                groupOf[value] = i;
            }
            if (groups.get(i).kind() == Kind.LOOP) {
                var loop = new LoopMemory(program, capacity, i, groups.get(i).roots(), free);
                loops.put(i, loop);
                free += loop.count();
            }
        }
    }

    static Memory of(
            Program program,
            Capacity capacity,
            Roots roots,
            List<Group> groups,
            Stages stages,
            Layout layout,
            Base base) {
        var memory = new Memory(program, capacity, roots, groups, stages, base);
        memory.placeReads(layout);
        memory.placeOutputs(layout);
        memory.placeIntermediates();
        return memory;
    }

    Map<Integer, Place> places() {
        return places;
    }

    Offset work() {
        return work;
    }

    Offset workWithoutReuse() {
        return workWithoutReuse;
    }

    Offset integers() {
        return integers;
    }

    List<Kernel.Commit> commits(String name) {
        var commits = new ArrayList<Kernel.Commit>();
        for (int i = 0; i < late.size(); i++) {
            commits.add(commit(name, i));
        }
        return commits;
    }

    private Kernel.Commit commit(String name, int number) {
        Late result = late.get(number);
        boolean large = elements(result.value) > Planner.WORTH_SPLITTING;
        return new Kernel.Commit(name + "Commit" + (number + 1), result.value, result.target, large);
    }

    private void placeReads(Layout layout) {
        for (int value = 0; value < program.size(); value++) {
            if (Role.of(program, value) == Role.READ
                    && program.instruction(value).op() instanceof Op.Read read) {
                var stacked = StackedPlaces.ifStacked(read, layout);
                if (stacked.isPresent()) {
                    place(value, stacked.get());
                } else {
                    places.put(value, layout.of(read));
                }
            }
        }
    }

    private void placeOutputs(Layout layout) {
        for (Output output : program.outputs()) {
            int value = output.value();
            if (isReturned(output)) {
                continue;
            }
            var stacked = StackedPlaces.ifStacked(output, layout);
            if (stacked.isPresent()) {
                place(value, stacked.get());
                continue;
            }
            Place target = layout.of(output);
            if (!places.containsKey(value) && target.slab() != Slab.RUNNING && canWriteAtOnce(value, target)) {
                places.put(value, target);
            } else {
                late.add(new Late(value, target));
            }
        }
    }

    private void place(int value, StackedPlaces stacked) {
        places.put(value, stacked.first());
        strides.put(value, stacked.stride());
    }

    /** Elements from one turn's share of a value to the next one's. */
    Dim stride(int value) {
        Offset own = strides.get(value);
        return own != null
                ? Dim.of(own.fixedPart())
                : program.type(value).shape().without(0).count();
    }

    /** The host takes it, from memory if a kernel computes it. */
    private boolean isReturned(Output output) {
        return output.sink() == Output.Sink.RESULT
                && program.type(output.value()).isScalar();
    }

    /** Nothing reads what is there now after, or elsewhere than where, the new value is written. */
    private boolean canWriteAtOnce(int value, Place target) {
        for (int read = 0; read < program.size(); read++) {
            boolean same = program.instruction(read).op() instanceof Op.Read
                    && places.containsKey(read)
                    && overlaps(read, places.get(read), value, target);
            if (same && !isReadBefore(read, value)) {
                return false;
            }
        }
        return true;
    }

    private boolean isReadBefore(int read, int value) {
        return uses.of(read).stream().allMatch(use -> isBefore(use, value, read));
    }

    private boolean isBefore(Use use, int value, int read) {
        Group group = groups.get(groupOf[value]);
        boolean loops = group.kind() == Kind.ROWS || group.kind() == Kind.FOLD;
        boolean onePass = loops && group.rows() == group.dims().size();
        Index own = Index.identity(program.type(read).shape());
        boolean sameElement = use.index().equals(Optional.of(own))
                && program.type(read).shape().equals(program.type(value).shape());
        return use.group() < groupOf[value] || use.group() == groupOf[value] && onePass && sameElement;
    }

    /** Only where both are at fixed places can a value be written over another: parameters and states. */
    private boolean overlaps(int read, Place there, int value, Place target) {
        if (there.slab() != target.slab()) {
            return false;
        }
        long start = there.offset().fixedPart();
        long targetStart = target.offset().fixedPart();
        boolean fixed = there.offset().isFixed() && target.offset().isFixed();
        boolean together = there.strides().equals(target.strides());
        long end = start + elements(read) + (together ? 0 : there.reach(capacity));
        long targetEnd = targetStart + elements(value) + (together ? 0 : target.reach(capacity));
        return !fixed || start < targetEnd && targetStart < end;
    }

    private long elements(int value) {
        return capacity.estimate(size(value));
    }

    private void placeIntermediates() {
        var values = new ArrayList<Integer>();
        for (int value = 0; value < program.size(); value++) {
            if (isInMemory(value) && !places.containsKey(value)) {
                values.add(value);
            }
        }
        work = place(values, true);
        integers = place(values, false);
        workWithoutReuse = Arena.withoutReuse(
                values.stream().filter(this::isF32).map(this::buffer).toList());
    }

    /** @return the size of the arena */
    private Offset place(List<Integer> values, boolean floats) {
        var owners = new HashMap<Integer, Integer>();
        var buffers = new LinkedHashMap<Integer, Buffer>();
        var ending = new HashMap<Integer, List<Integer>>();
        for (int value : values) {
            if (isF32(value) == floats) {
                int owner = takeOver(value, ending).map(owners::get).orElse(value);
                owners.put(value, owner);
                buffers.merge(owner, buffer(value), Buffer::until);
                ending.computeIfAbsent(lastUse(value), _ -> new ArrayList<>()).add(value);
            }
        }
        Slab slab = floats ? Slab.WORK : Slab.INTEGERS;
        loops.values().forEach(loop -> loop.buffers(slab).forEach(buffer -> buffers.put(buffer.value(), buffer)));
        Arena arena = Arena.of(List.copyOf(buffers.values()));
        owners.forEach((value, owner) ->
                places.put(value, new Place(slab, base.of(slab).plus(arena.offset(owner)))));
        loops.values().forEach(loop -> loop.place(slab, base.of(slab), arena, places));
        return arena.size();
    }

    /** The loop of a group, once everything has its place. */
    Step.Loop loop(String name, int group) {
        return ofGroup(group).step(name, this);
    }

    private LoopMemory ofGroup(int group) {
        return Optional.ofNullable(loops.get(group)).orElseThrow();
    }

    /** The value whose memory holds this one. */
    int inMemory(int value) {
        return roots.memory(value);
    }

    Place place(int value) {
        return Optional.ofNullable(places.get(value))
                .orElseThrow(() -> new IllegalStateException("%" + value + " is not in memory"));
    }

    /**
     * A value that is computed element by element from one that nothing needs any more is written over it: what a
     * kernel writes is in the caches already.
     */
    private Optional<Integer> takeOver(int value, Map<Integer, List<Integer>> ending) {
        var candidates = ending.getOrDefault(groupOf[value], List.of());
        if (groups.get(groupOf[value]).kind() == Kind.LOOP) {
            Optional<Integer> first =
                    ofGroup(groupOf[value]).first(value, roots::memory).filter(candidates::contains);
            first.ifPresent(candidates::remove);
            return first;
        }
        Optional<Integer> found = candidates.stream()
                .filter(other -> groupOf[other] < groupOf[value] && isReadBefore(other, value))
                .findFirst();
        found.ifPresent(candidates::remove);
        return found;
    }

    private boolean isF32(int value) {
        return program.type(value).element() == ElementType.F32;
    }

    private Buffer buffer(int value) {
        return new Buffer(value, size(value), groupOf[value], lastUse(value));
    }

    private boolean isInMemory(int value) {
        boolean read = Role.of(program, value) == Role.READ;
        return roots.isHost(value) ? roots.isRequired(value) : !read && stages.isStored(value);
    }

    private int lastUse(int value) {
        boolean atEnd = late.stream().anyMatch(result -> result.value == value)
                || program.outputs().stream().anyMatch(output -> output.value() == value && isReturned(output));
        return atEnd
                ? groups.size()
                : uses.of(value).stream().mapToInt(Use::group).max().orElse(groupOf[value]);
    }

    private Dim size(int value) {
        return capacity.resolve(program.type(value).shape().count());
    }
}
