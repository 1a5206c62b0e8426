package org.descentlang.compiler.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.BinaryKind;
import org.descentlang.compiler.ir.Op.Reduction;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.type.Shape;

/**
 * What a loop only adds up, products or sums of what each turn computes, is one product or sum after the loop, which
 * leaves the factors of all turns.
 *
 * <pre>
 *   scan: g = …                                             scan: g = …
 *         d = carried d + matmul left element h, g    ──▶
 *   use last d                                              use first d + matmul left h, all g    [turns * batch, n]
 * </pre>
 */
final class AfterLoops implements Rule {
    /** Begins the names of what a loop leaves for its sums; one that does has been here. */
    private static final String AFTER = "after_";

    private final Map<LoopRun, Moved> known = new HashMap<>();

    /** A loop that leaves more elements, and the sums that it does not carry any more by their name. */
    private record Moved(LoopRun run, Map<String, Sum> sums) {}

    private record Sum(int first, int part) {}

    static Program move(Program program) {
        boolean loops = program.instructions().stream().anyMatch(instruction -> instruction.op() instanceof Op.Region);
        return loops ? Rewriter.rewrite(program, List.of(new AfterLoops())) : program;
    }

    @Override
    public OptionalInt apply(Op op, List<Integer> operands, Rewriter program) {
        if (!(op instanceof Op.Scan scan)) {
            return OptionalInt.empty();
        }
        var run = new LoopRun(scan.loop(), operands);
        Moved moved = known.get(run);
        if (moved == null) {
            moved = new Move(run, program).result();
            known.put(run, moved);
        }
        Sum sum = scan.sink() == Sink.CARRIED ? moved.sums.get(scan.result()) : null;
        if (sum == null) {
            return OptionalInt.of(
                    program.append(new Op.Scan(moved.run.loop(), scan.sink(), scan.result()), moved.run.operands()));
        }
        int part = new After(run, moved.run, program).value(sum.part);
        return OptionalInt.of(program.add(new Op.Binary(BinaryKind.ADD), sum.first, part));
    }

    /** Whether the sum over all turns of a value is computed after the loop. */
    private static boolean isSum(int value, Program body) {
        Instruction instruction = body.instruction(value);
        return switch (instruction.op()) {
            case Op.MatMul _ -> instruction.type().shape().rank() == 2;
            case Op.Reduce(var reduction, var axes) -> reduction == Reduction.SUM && !axes.isEmpty();
            case Op.Binary(var kind) ->
                kind == BinaryKind.ADD && instruction.operands().stream().allMatch(operand -> isSum(operand, body));
            case Op.Reshape _, Op.Transpose _ -> isSum(instruction.operand(0), body);
            case Op.Leaf _, Op.ElementWise _, Op.View _, Op.Reducing _, Op.Assembling _, Op.Call _, Op.Region _ ->
                false;
        };
    }

    /** The values whose elements a sum after the loop is made of. */
    private static void factors(int value, Program body, List<Integer> into) {
        Instruction instruction = body.instruction(value);
        if (instruction.op() instanceof Op.MatMul || instruction.op() instanceof Op.Reduce) {
            into.addAll(instruction.operands());
        } else {
            instruction.operands().forEach(operand -> factors(operand, body, into));
        }
    }

    /** The first is what all turns have of their own already. */
    private static Optional<Slot> element(int value, Program body) {
        return LoopRun.slot(body.instruction(value).op()).filter(slot -> slot.storage() == Storage.ELEMENT);
    }

    private static String name(int value) {
        return AFTER + value;
    }

    /** Finds the sums of a loop. */
    private record Move(LoopRun run, Rewriter program) {
        Moved result() {
            Program body = run.loop().body();
            if (body.outputs().stream().anyMatch(output -> output.name().startsWith(AFTER))) {
                return new Moved(run, Map.of());
            }
            int[] uses = new int[body.size()];
            body.instructions().forEach(instruction -> instruction.operands().forEach(operand -> uses[operand]++));
            body.outputs().forEach(output -> uses[output.value()]++);
            var sums = new LinkedHashMap<String, Sum>();
            var left = new LinkedHashMap<String, Output>();
            for (Output output : body.outputs()) {
                part(output, uses).ifPresent(part -> {
                    sums.put(output.name(), new Sum(run.operand(new Slot(Storage.CARRIED, output.name())), part));
                    var factors = new ArrayList<Integer>();
                    factors(part, body, factors);
                    factors.stream()
                            .filter(factor -> element(factor, body).isEmpty())
                            .forEach(factor -> left.put(name(factor), new Output(Sink.ELEMENT, name(factor), factor)));
                });
            }
            return sums.isEmpty() ? new Moved(run, sums) : new Moved(without(sums, left), sums);
        }

        /** What is added to a carried value that nothing else reads. */
        private Optional<Integer> part(Output output, int[] uses) {
            Program body = run.loop().body();
            Instruction add = body.instruction(output.value());
            if (output.sink() != Sink.CARRIED
                    || !(add.op() instanceof Op.Binary(var kind) && kind == BinaryKind.ADD)
                    || uses[output.value()] > 1) {
                return Optional.empty();
            }
            var slot = new Slot(Storage.CARRIED, output.name());
            for (int i = 0; i < 2; i++) {
                int sum = add.operand(i);
                int part = add.operand(1 - i);
                boolean reads = LoopRun.slot(body.instruction(sum).op()).equals(Optional.of(slot));
                if (reads && uses[sum] == 1 && isSum(part, body) && areOfTurns(part, body)) {
                    return Optional.of(part);
                }
            }
            return Optional.empty();
        }

        private boolean areOfTurns(int part, Program body) {
            var factors = new ArrayList<Integer>();
            factors(part, body, factors);
            return factors.stream()
                    .allMatch(factor -> isOfTurn(body.instruction(factor).op()));
        }

        /** What is the same in all turns has no elements, and parameters of turns lie where the layout has them. */
        private boolean isOfTurn(Op op) {
            return switch (op) {
                case Op.Read read ->
                    switch (read.storage()) {
                        case CARRIED -> true;
                        case ELEMENT ->
                            !LoopRun.isNumbered(run.operand(new Slot(read.storage(), read.name())), program);
                        case SHARED, SCALAR, INPUT, PARAMETER, GRADIENT, STATE, RUNNING -> false;
                    };
                case Op.Leaf _ -> false;
                case Op.ElementWise _, Op.View _, Op.Reducing _, Op.Assembling _, Op.Call _, Op.Region _ -> true;
            };
        }

        private LoopRun without(Map<String, Sum> sums, Map<String, Output> left) {
            Loop loop = run.loop();
            var outputs = new ArrayList<>(loop.body().outputs().stream()
                    .filter(output -> output.sink() != Sink.CARRIED || !sums.containsKey(output.name()))
                    .toList());
            left.values().stream()
                    .filter(output -> loop.output(Sink.ELEMENT, output.name()).isEmpty())
                    .forEach(outputs::add);
            Program body =
                    DeadCode.remove(new Program(loop.body().name(), loop.body().instructions(), outputs));
            var slots = new ArrayList<Slot>();
            var given = new ArrayList<Integer>();
            for (Slot slot : loop.slots()) {
                if (slot.storage() != Storage.CARRIED || !sums.containsKey(slot.name())) {
                    slots.add(slot);
                    given.add(run.operand(slot));
                }
            }
            return new LoopRun(new Loop(body, loop.turns(), loop.backwards(), slots), given).withoutUnread();
        }
    }

    /** Writes a sum after its loop. */
    private record After(LoopRun before, LoopRun run, Rewriter program) {
        int value(int value) {
            Program body = before.loop().body();
            Instruction instruction = body.instruction(value);
            return switch (instruction.op()) {
                case Op.MatMul matMul ->
                    program.add(
                            new Op.MatMul(true, false),
                            rows(instruction.operand(0), !matMul.transposeLeft()),
                            rows(instruction.operand(1), matMul.transposeRight()));
                case Op.Reduce(var reduction, var axes) ->
                    program.add(new Op.Reduce(reduction, Stacking.behindFirst(axes)), elements(instruction.operand(0)));
                case Op.Binary _, Op.Reshape _, Op.Transpose _ ->
                    program.add(
                            instruction.op(),
                            instruction.operands().stream().map(this::value).toList());
                case Op.Leaf _, Op.ElementWise _, Op.View _, Op.Reducing _, Op.Assembling _, Op.Call _, Op.Region _ ->
                    throw new IllegalArgumentException("no sum: " + instruction);
            };
        }

        /** A factor of all turns, what the product sums over being rows: [turns * k, m]. */
        private int rows(int factor, boolean transposed) {
            int elements = elements(factor);
            int turned = transposed ? program.add(new Op.Transpose(List.of(0, 2, 1)), elements) : elements;
            var shape = program.shape(turned);
            return program.add(new Op.Reshape(Shape.of(shape.dim(0).times(shape.dim(1)), shape.dim(2))), turned);
        }

        private int elements(int factor) {
            return element(factor, before.loop().body())
                    .map(before::operand)
                    .orElseGet(
                            () -> program.append(new Op.Scan(run.loop(), Sink.ELEMENT, name(factor)), run.operands()));
        }
    }
}
