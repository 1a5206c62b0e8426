package org.descentlang.compiler.pass;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
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
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/** A program with a loop in the place of its {@link Turns}. */
final class FoldedTurns {
    private final Program program;
    private final Turns turns;
    private final ProgramBuilder body;
    private final ProgramBuilder builder;
    private final Map<Slot, Turns.Source> slots = new LinkedHashMap<>();
    private final Map<Turns.Source, Integer> reads = new HashMap<>();
    private final int[] inBody;
    private final Map<Output, StackedName> numbered;
    private final Map<Integer, Integer> moved = new HashMap<>();
    private final Map<Turns.Source, Integer> given = new HashMap<>();
    private final Loop loop;

    private FoldedTurns(Turns turns) {
        this.program = turns.program();
        this.turns = turns;
        this.body = new ProgramBuilder(turns.name());
        this.builder = new ProgramBuilder(program.name());
        this.inBody = new int[turns.length()];
        this.numbered = turns.numberedOutputs();
        this.loop = loop();
    }

    static Program write(Turns turns) {
        return new FoldedTurns(turns).write();
    }

    private Loop loop() {
        for (int at = 0; at < inBody.length; at++) {
            Instruction instruction = program.instruction(turns.value(0, at));
            List<Integer> operands =
                    turns.sources(at).stream().map(this::inBody).toList();
            body.at(instruction.origin());
            inBody[at] = body.add(
                    instruction.op() instanceof Op.Random random
                            ? new Op.Random(
                                    random.distribution(), random.place(), turns.placesPerTurn(at), random.shape())
                            : instruction.op(),
                    operands);
        }
        slots.forEach((slot, source) -> {
            if (source instanceof Turns.Carried carried) {
                body.output(Sink.CARRIED, slot.name(), inBody[carried.at()]);
            }
        });
        leaving().forEach(at -> body.output(Sink.ELEMENT, element(at), inBody[at]));
        return new Loop(body.build(), turns.count(), false, List.copyOf(slots.keySet()));
    }

    private int inBody(Turns.Source source) {
        if (source instanceof Turns.Own own) {
            return inBody[own.at()];
        }
        Integer known = reads.get(source);
        if (known == null) {
            known = body.add(read(source));
            reads.put(source, known);
        }
        return known;
    }

    private Op read(Turns.Source source) {
        return switch (source) {
            case Turns.Own _ -> throw new IllegalArgumentException("no read: " + source);
            case Turns.Carried carried ->
                slot(Storage.CARRIED, "carried_" + slots.size(), source, program.type(carried.first()));
            case Turns.Shared shared -> {
                Op op = program.instruction(shared.value()).op();
                boolean number =
                        op instanceof Op.Leaf && !(op instanceof Op.Read other && other.storage() != Storage.SCALAR);
                yield number
                        ? op
                        : slot(Storage.SHARED, "shared_" + slots.size(), source, program.type(shared.value()));
            }
            case Turns.Numbered of
            when of.first().storage() == Storage.SCALAR ->
                new Op.Read(Storage.SCALAR, turns.name(of).text(), of.first().type());
            case Turns.Numbered of ->
                slot(
                        Storage.ELEMENT,
                        turns.name(of).pattern(),
                        source,
                        of.first().type());
        };
    }

    private Op slot(Storage storage, String name, Turns.Source source, TensorType type) {
        slots.put(new Slot(storage, name), source);
        return new Op.Read(storage, name, type);
    }

    /** The instructions whose values are used beside the turns, other than as what the last turn carries on. */
    private SortedSet<Integer> leaving() {
        var leaving = new TreeSet<Integer>();
        numbered.keySet().forEach(output -> leaving.add(turns.at(output.value())));
        for (int value = 0; value < program.size(); value++) {
            if (!turns.contains(value)) {
                program.instruction(value).operands().forEach(operand -> leave(operand, leaving));
            }
        }
        program.outputs().stream()
                .filter(output -> !isNumbered(output))
                .forEach(output -> leave(output.value(), leaving));
        return leaving;
    }

    private void leave(int value, SortedSet<Integer> leaving) {
        if (turns.contains(value) && carriedOn(value).isEmpty()) {
            leaving.add(turns.at(value));
        }
    }

    /** The slot that the last turn's value would be in, had the loop one more turn. */
    private List<Slot> carriedOn(int value) {
        return turns.turn(value) < turns.count() - 1
                ? List.of()
                : slots.entrySet().stream()
                        .filter(slot ->
                                slot.getValue() instanceof Turns.Carried carried && carried.at() == turns.at(value))
                        .map(Map.Entry::getKey)
                        .limit(1)
                        .toList();
    }

    private boolean isNumbered(Output output) {
        return numbered.entrySet().stream()
                .anyMatch(first -> first.getKey().sink() == output.sink()
                        && turns.contains(output.value())
                        && turns.at(first.getKey().value()) == turns.at(output.value())
                        && first.getValue().name(turns.turn(output.value())).equals(output.name()));
    }

    private static String element(int at) {
        return "value_" + at;
    }

    private Program write() {
        for (int value = 0; value < program.size(); value++) {
            if (!turns.contains(value) && !(program.instruction(value).op() instanceof Op.Leaf)) {
                moved(value);
            }
        }
        for (Output output : program.outputs()) {
            if (!isNumbered(output)) {
                builder.output(output.sink(), output.name(), moved(output.value()));
            } else if (numbered.containsKey(output)) {
                int elements = result(Sink.ELEMENT, element(turns.at(output.value())));
                builder.output(output.sink(), numbered.get(output).text(), elements);
            }
        }
        return builder.build();
    }

    private int moved(int value) {
        Integer known = moved.get(value);
        if (known == null) {
            known = turns.contains(value) ? left(value) : copied(program.instruction(value));
            moved.put(value, known);
        }
        return known;
    }

    private int copied(Instruction instruction) {
        List<Integer> operands =
                instruction.operands().stream().map(this::moved).toList();
        builder.at(instruction.origin());
        return builder.add(instruction.op(), operands);
    }

    /** What a turn left, as one value. */
    private int left(int value) {
        List<Slot> carried = carriedOn(value);
        if (!carried.isEmpty()) {
            return result(Sink.CARRIED, carried.getFirst().name());
        }
        int elements = result(Sink.ELEMENT, element(turns.at(value)));
        int one = builder.add(new Op.Slice(0, turns.turn(value), 1), elements);
        return builder.add(new Op.Reshape(program.type(value).shape()), one);
    }

    private int result(Sink sink, String name) {
        var operands = slots.values().stream().map(this::operand).toList();
        builder.at(program.instruction(turns.value(0, 0)).origin());
        return builder.add(new Op.Scan(loop, sink, name), operands);
    }

    private int operand(Turns.Source source) {
        Integer known = given.get(source);
        if (known == null) {
            known = switch (source) {
                case Turns.Own _ -> throw new IllegalArgumentException("no operand: " + source);
                case Turns.Carried carried -> moved(carried.first());
                case Turns.Shared shared -> moved(shared.value());
                case Turns.Numbered of -> {
                    Shape all = Shape.of(Dim.of(turns.count()))
                            .append(of.first().type().shape());
                    yield builder.add(new Op.Read(
                            of.first().storage(),
                            turns.name(of).text(),
                            of.first().type().as(all)));
                }
            };
            given.put(source, known);
        }
        return known;
    }
}
