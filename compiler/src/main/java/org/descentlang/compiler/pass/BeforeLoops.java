package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.ir.StackedName;

/**
 * Calls of a loop's body that do not depend on what is carried, and draw no random numbers, are made before the loop:
 * for all turns at once or, where they are the same in all turns, once. What they are computed from goes with them.
 *
 * <pre>
 *   scan: z = matmul element x, shared w                  xw = matmul x, w           [turns, batch, units]
 *         h = tanh (z + matmul carried h, shared u)  ──▶  scan: h = tanh (element xw + matmul carried h, shared u)
 * </pre>
 */
final class BeforeLoops implements Rule {
    private final Map<LoopRun, LoopRun> known = new HashMap<>();

    static Program move(Program program) {
        boolean loops = program.instructions().stream().anyMatch(instruction -> instruction.op() instanceof Op.Region);
        return loops ? Rewriter.rewrite(program, List.of(new BeforeLoops())) : program;
    }

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (!(op instanceof Op.Scan scan)) {
            return OptionalInt.empty();
        }
        var run = new LoopRun(scan.loop(), operands);
        LoopRun moved = known.get(run);
        if (moved == null) {
            moved = new Move(run, program).result();
            known.put(run, moved);
        }
        return OptionalInt.of(program.append(new Op.Scan(moved.loop(), scan.sink(), scan.result()), moved.operands()));
    }

    private static final class Move {
        private enum Kind {
            /** The same in all turns. */
            SHARED,
            /** Known for all turns before the first. */
            ELEMENT,
            /** Known in its turn. */
            TURN
        }

        private final LoopRun run;
        private final Program body;
        private final Rewriter program;
        private final Stacking stacking;
        private final Kind[] kinds;
        private final Map<Integer, Stacking.Outside> outside = new HashMap<>();

        Move(LoopRun run, Rewriter program) {
            this.run = run;
            this.body = run.loop().body();
            this.program = program;
            this.stacking = new Stacking(program, run.loop().turns());
            this.kinds = new Kind[body.size()];
            for (int value = 0; value < kinds.length; value++) {
                kinds[value] = kind(body.instruction(value));
            }
        }

        private Kind kind(Instruction instruction) {
            if (instruction.op() instanceof Op.Read read) {
                return ofRead(read);
            }
            List<Integer> operands = instruction.operands();
            var given = operands.stream().map(operand -> kinds[operand]).toList();
            Kind last = given.stream().reduce(Kind.SHARED, (a, b) -> a.compareTo(b) < 0 ? b : a);
            boolean moves = last == Kind.SHARED
                    ? !(instruction.op() instanceof Op.Random) && !(instruction.op() instanceof Op.Region)
                    : Stacking.isKnown(
                            instruction.op(),
                            given.stream().map(kind -> kind == Kind.ELEMENT).toList(),
                            operands.stream()
                                    .map(operand -> body.type(operand).shape().rank())
                                    .toList());
            return moves ? last : Kind.TURN;
        }

        private Kind ofRead(Op.Read read) {
            return switch (read.storage()) {
                case ELEMENT ->
                    LoopRun.isNumbered(run.operand(new Slot(read.storage(), read.name())), program)
                            ? Kind.TURN
                            : Kind.ELEMENT;
                case SCALAR -> StackedName.of(read.name()).isPresent() ? Kind.TURN : Kind.SHARED;
                case SHARED -> Kind.SHARED;
                case CARRIED, INPUT, PARAMETER, GRADIENT, STATE, RUNNING -> Kind.TURN;
            };
        }

        private boolean leaves(int value) {
            return kinds[value] != Kind.TURN && body.instruction(value).op() instanceof Op.Call;
        }

        LoopRun result() {
            var inside = new ProgramBuilder(body.name());
            var slots = new ArrayList<Slot>();
            var given = new ArrayList<Integer>();
            int[] moved = new int[body.size()];
            for (int value = 0; value < moved.length; value++) {
                Instruction instruction = body.instruction(value);
                inside.at(instruction.origin());
                if (leaves(value)) {
                    Stacking.Outside before = outside(value);
                    var slot = new Slot(before.stacked() ? Storage.ELEMENT : Storage.SHARED, name(slots.size()));
                    slots.add(slot);
                    given.add(before.value());
                    moved[value] = inside.add(new Op.Read(slot.storage(), slot.name(), instruction.type()));
                } else {
                    moved[value] = inside.add(instruction.op(), Rewriter.moved(instruction.operands(), moved));
                }
            }
            if (slots.isEmpty()) {
                return run;
            }
            for (Output output : body.outputs()) {
                inside.output(output.sink(), output.name(), moved[output.value()]);
            }
            return run.with(DeadCode.remove(inside.build()), slots, given).withoutUnread();
        }

        /** No other slot has it: a loop may come by here twice. */
        private String name(int number) {
            String name = "before_" + number;
            int again = 2;
            while (isTaken(name)) {
                name = "before_" + number + "_" + again++;
            }
            return name;
        }

        private boolean isTaken(String name) {
            return run.loop().slots().stream().anyMatch(slot -> slot.name().equals(name));
        }

        private Stacking.Outside outside(int value) {
            Stacking.Outside known = outside.get(value);
            if (known == null) {
                Instruction instruction = body.instruction(value);
                known = LoopRun.slot(instruction.op())
                        .map(slot -> new Stacking.Outside(run.operand(slot), slot.storage() == Storage.ELEMENT))
                        .orElseGet(() -> stacking.apply(
                                instruction.op(),
                                instruction.operands().stream()
                                        .map(this::outside)
                                        .toList()));
                outside.put(value, known);
            }
            return known;
        }
    }
}
