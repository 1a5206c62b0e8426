package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.StackedName;
import org.descentlang.compiler.type.Dim;

/** Writes out loops turn by turn: what {@link Repetition} folds, in the order of the turns. */
public final class Unrolling {
    private record Run(Loop loop, List<Integer> operands) {}

    /** A value or, where a first axis is that of turns, one for each. */
    private record Moved(List<Integer> elements, boolean stacked) {}

    private final Program program;
    private final ProgramBuilder builder;
    private final List<Moved> moved = new ArrayList<>();
    private final Map<Run, List<Map<Output, Integer>>> runs = new HashMap<>();

    private Unrolling(Program program) {
        this.program = program;
        this.builder = new ProgramBuilder(program.name());
    }

    public static Program unroll(Program program) {
        boolean loops = program.instructions().stream().anyMatch(instruction -> instruction.op() instanceof Op.Region);
        return loops ? unroll(new Unrolling(program).write()) : program;
    }

    private Program write() {
        for (Instruction instruction : program.instructions()) {
            builder.at(instruction.origin());
            moved.add(moved(instruction));
        }
        for (Output output : program.outputs()) {
            var names = StackedName.of(output.name());
            if (names.isPresent()) {
                names.get()
                        .indices()
                        .forEach(turn ->
                                builder.output(output.sink(), names.get().name(turn), element(output.value(), turn)));
            } else {
                builder.output(output.sink(), output.name(), whole(output.value()));
            }
        }
        return builder.build();
    }

    private Moved moved(Instruction instruction) {
        if (instruction.op() instanceof Op.Scan scan) {
            return result(scan, instruction.operands());
        }
        if (instruction.op() instanceof Op.Read read
                && StackedName.of(read.name()).isPresent()) {
            StackedName name = StackedName.of(read.name()).orElseThrow();
            var type = read.type().as(read.type().shape().without(0));
            return new Moved(
                    name.indices()
                            .mapToObj(turn -> builder.add(new Op.Read(read.storage(), name.name(turn), type)))
                            .toList(),
                    true);
        }
        var operands = instruction.operands().stream().map(this::whole).toList();
        return new Moved(List.of(builder.add(instruction.op(), operands)), false);
    }

    private Moved result(Op.Scan scan, List<Integer> operands) {
        Loop loop = scan.loop();
        var turns = runs.computeIfAbsent(new Run(loop, operands), _ -> turns(loop, operands));
        Output output = loop.output(scan.sink(), scan.result()).orElseThrow();
        if (scan.sink() == Sink.CARRIED) {
            return new Moved(List.of(turns.getLast().get(output)), false);
        }
        var elements = turns.stream().map(turn -> turn.get(output)).toList();
        return new Moved(loop.backwards() ? elements.reversed() : elements, true);
    }

    private List<Map<Output, Integer>> turns(Loop loop, List<Integer> operands) {
        var turns = new ArrayList<Map<Output, Integer>>();
        for (int turn = 0; turn < loop.turns(); turn++) {
            var slots = new HashMap<Slot, Integer>();
            for (int i = 0; i < operands.size(); i++) {
                Slot slot = loop.slots().get(i);
                boolean later = slot.storage() == Storage.CARRIED && turn > 0;
                slots.put(
                        slot,
                        later
                                ? turns.getLast()
                                        .getOrDefault(
                                                loop.output(Sink.CARRIED, slot.name())
                                                        .orElseThrow(),
                                                -1)
                                : slot.storage() == Storage.ELEMENT
                                        ? element(operands.get(i), loop.element(turn))
                                        : whole(operands.get(i)));
            }
            turns.add(turn(loop, loop.element(turn), slots));
        }
        return turns;
    }

    private Map<Output, Integer> turn(Loop loop, int element, Map<Slot, Integer> slots) {
        int[] values = new int[loop.body().size()];
        for (int value = 0; value < values.length; value++) {
            Instruction instruction = loop.body().instruction(value);
            builder.at(instruction.origin());
            values[value] = instruction.op() instanceof Op.Read read && read.storage() != Storage.SCALAR
                    ? slots.getOrDefault(new Slot(read.storage(), read.name()), -1)
                    : builder.add(ofTurn(instruction.op(), element), Rewriter.moved(instruction.operands(), values));
        }
        var outputs = new HashMap<Output, Integer>();
        loop.body().outputs().forEach(output -> outputs.put(output, values[output.value()]));
        return outputs;
    }

    /** With the names and places of the turn. */
    private static Op ofTurn(Op op, int element) {
        if (op instanceof Op.Read read) {
            return StackedName.of(read.name())
                    .<Op>map(name -> new Op.Read(read.storage(), name.name(element), read.type()))
                    .orElse(read);
        }
        return op instanceof Op.Random random
                ? new Op.Random(random.distribution(), random.place() + element * random.turn(), random.shape())
                : op;
    }

    private int element(int value, int number) {
        Moved known = moved.get(value);
        if (known.stacked) {
            return known.elements.get(number);
        }
        int one = builder.add(new Op.Slice(0, number, 1), known.elements.getFirst());
        return builder.add(new Op.Reshape(builder.type(one).shape().without(0)), one);
    }

    /** As one value, side by side along a new first axis if it is one for each turn. */
    private int whole(int value) {
        Moved known = moved.get(value);
        if (!known.stacked) {
            return known.elements.getFirst();
        }
        var rows = new ArrayList<Integer>();
        for (int element : known.elements) {
            var shape = program.type(value).shape().with(0, Dim.ONE);
            rows.add(builder.add(new Op.Reshape(shape), element));
        }
        return builder.add(new Op.Concat(0), rows);
    }
}
