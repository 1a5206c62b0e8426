package org.descentlang.compiler.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Arena.Buffer;
import org.descentlang.compiler.plan.Arena.Placed;
import org.descentlang.compiler.plan.Group.Kind;
import org.descentlang.compiler.plan.Uses.Use;
import org.descentlang.compiler.type.ElementType;

/** Where every value that is in memory lies: inputs and results where the layout says, the rest in an arena. */
final class Memory {
    private record Late(int value, Place target) {}

    private final Program program;
    private final int capacity;
    private final Roots roots;
    private final List<Group> groups;
    private final Stages stages;
    private final Uses uses;
    private final Map<Integer, Place> places = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    private final int[] groupOf;
    private long work;
    private long workWithoutReuse;
    private long integers;

    private Memory(Program program, int capacity, Roots roots, List<Group> groups, Stages stages) {
        this.program = program;
        this.capacity = capacity;
        this.roots = roots;
        this.groups = groups;
        this.stages = stages;
        this.uses = Uses.of(program, roots, groups);
        this.groupOf = new int[program.size()];
        for (int i = 0; i < groups.size(); i++) {
            for (int value : groups.get(i).roots()) {
                groupOf[value] = i;
            }
        }
    }

    static Memory of(
            Program program, int capacity, Roots roots, List<Group> groups, Stages stages, Layout layout) {
        var memory = new Memory(program, capacity, roots, groups, stages);
        memory.placeReads(layout);
        memory.placeOutputs(layout);
        memory.placeIntermediates();
        return memory;
    }

    Map<Integer, Place> places() {
        return places;
    }

    long work() {
        return work;
    }

    long workWithoutReuse() {
        return workWithoutReuse;
    }

    long integers() {
        return integers;
    }

    List<Kernel.Commit> commits(String name) {
        var commits = new ArrayList<Kernel.Commit>();
        for (Late result : late) {
            commits.add(new Kernel.Commit(name + "Commit" + (commits.size() + 1), result.value, result.target));
        }
        return commits;
    }

    private void placeReads(Layout layout) {
        for (int value = 0; value < program.size(); value++) {
            if (Role.of(program, value) == Role.READ && program.instruction(value).op() instanceof Op.Read read) {
                places.put(value, layout.of(read));
            }
        }
    }

    private void placeOutputs(Layout layout) {
        for (Output output : program.outputs()) {
            int value = output.value();
            if (isReturned(output)) {
                continue;
            }
            Place target = layout.of(output);
            if (!places.containsKey(value) && output.sink() != Output.Sink.RUNNING && canWriteAtOnce(value, target)) {
                places.put(value, target);
            } else {
                late.add(new Late(value, target));
            }
        }
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
        boolean onePass = group.kind() == Kind.ROWS && group.rows() == group.dims().size();
        Index own = Index.identity(program.type(read).shape());
        boolean sameElement = use.index().equals(Optional.of(own))
                && program.type(read).shape().equals(program.type(value).shape());
        return use.group() < groupOf[value] || use.group() == groupOf[value] && onePass && sameElement;
    }

    private boolean overlaps(int read, Place there, int value, Place target) {
        return there.slab() == target.slab()
                && there.offset() < target.offset() + size(value)
                && target.offset() < there.offset() + size(read);
    }

    private void placeIntermediates() {
        var floats = new ArrayList<Buffer>();
        var whole = new ArrayList<Buffer>();
        for (int value = 0; value < program.size(); value++) {
            boolean inMemory = isInMemory(value) && !places.containsKey(value);
            if (inMemory) {
                boolean f32 = program.type(value).element() == ElementType.F32;
                (f32 ? floats : whole).add(new Buffer(value, size(value), groupOf[value], lastUse(value)));
            }
        }
        List<Placed> placedFloats = Arena.place(floats);
        List<Placed> placedWhole = Arena.place(whole);
        placedFloats.forEach(placed -> places.put(placed.buffer().value(), new Place(Slab.WORK, placed.offset())));
        placedWhole.forEach(placed -> places.put(placed.buffer().value(), new Place(Slab.INTEGERS, placed.offset())));
        work = Arena.size(placedFloats);
        integers = Arena.size(placedWhole);
        workWithoutReuse =
                floats.stream().mapToLong(buffer -> Arena.aligned(buffer.size())).sum();
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

    private long size(int value) {
        Instruction instruction = program.instruction(value);
        return instruction.type().shape().count(capacity);
    }
}
