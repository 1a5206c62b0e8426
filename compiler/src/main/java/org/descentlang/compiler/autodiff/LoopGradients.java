package org.descentlang.compiler.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;

/** The loops of a program and their derivatives. */
final class LoopGradients {
    private record Run(Loop loop, List<Integer> operands) {}

    private record Result(Sink sink, String name) {}

    /** A loop of the program, and where its results are. */
    private record Known(LoopDerivative derivative, Map<Result, Integer> results) {}

    private final ProgramBuilder builder;
    private final Map<Integer, Known> loops = new HashMap<>();
    private final Program forward;

    private LoopGradients(Program program, Differentiability differentiability) {
        this.builder = new ProgramBuilder(program.name());
        this.forward = write(program, differentiability);
    }

    static LoopGradients of(Program program, Differentiability differentiability) {
        return new LoopGradients(program, differentiability);
    }

    /** The program with loops that keep what their derivatives need. */
    Program forward() {
        return forward;
    }

    /** Whether the value is the first result of a loop: on the way back it is reached when all others are known. */
    boolean isFirst(int value) {
        return loops.containsKey(value);
    }

    private Program write(Program program, Differentiability differentiability) {
        var runs = new HashMap<Run, Known>();
        int[] moved = new int[program.size()];
        for (int value = 0; value < program.size(); value++) {
            Instruction instruction = program.instruction(value);
            List<Integer> operands = instruction.operands().stream()
                    .map(operand -> moved[operand])
                    .toList();
            builder.at(instruction.origin());
            boolean wanted = instruction.operands().stream().anyMatch(differentiability::isDifferentiable);
            if (wanted && instruction.op() instanceof Op.Scan scan) {
                var run = new Run(scan.loop(), instruction.operands());
                Known known = runs.computeIfAbsent(run, r -> start(r, operands, differentiability));
                moved[value] = result(known, new Result(scan.sink(), scan.result()), operands);
            } else {
                moved[value] = builder.add(instruction.op(), operands);
            }
        }
        for (Output output : program.outputs()) {
            builder.output(output.sink(), output.name(), moved[output.value()]);
        }
        return builder.build();
    }

    private Known start(Run run, List<Integer> operands, Differentiability differentiability) {
        List<Slot> slots = run.loop.slots();
        var derivative = LoopDerivative.of(
                run.loop, slot -> differentiability.isDifferentiable(run.operands.get(slots.indexOf(slot))));
        var known = new Known(derivative, new LinkedHashMap<>());
        int first = builder.size();
        for (Slot slot : derivative.backward().slots()) {
            if (LoopCut.isKept(slot)) {
                result(known, new Result(Sink.ELEMENT, slot.name()), operands);
            }
        }
        loops.put(first, known);
        return known;
    }

    private int result(Known known, Result result, List<Integer> operands) {
        return known.results.computeIfAbsent(
                result, r -> builder.add(new Op.Scan(known.derivative.forward(), r.sink, r.name), operands));
    }

    /** Passes the derivatives of all results of a loop on to its operands. */
    void propagate(int first, List<Integer> operands, Adjoints adjoints) {
        Known known = Optional.ofNullable(loops.get(first)).orElseThrow();
        if (known.results.values().stream().noneMatch(adjoints::isKnown)) {
            return;
        }
        Loop forwards = known.derivative.forward();
        Loop backwards = known.derivative.backward();
        var given = new ArrayList<Integer>();
        for (Slot slot : backwards.slots()) {
            given.add(operand(slot, known, operands, adjoints));
        }
        for (Slot slot : known.derivative.wanted()) {
            int operand = operands.get(forwards.slots().indexOf(slot));
            if (adjoints.isWanted(operand)) {
                Sink sink = slot.storage() == Storage.ELEMENT ? Sink.ELEMENT : Sink.CARRIED;
                var result = new Op.Scan(backwards, sink, LoopDerivative.derivative(slot.name()));
                adjoints.add(operand, adjoints.apply(result, given.toArray(Integer[]::new)));
            }
        }
    }

    private int operand(Slot slot, Known known, List<Integer> operands, Adjoints adjoints) {
        Loop forwards = known.derivative.forward();
        int own = forwards.slots().indexOf(slot);
        if (own >= 0) {
            return operands.get(own);
        }
        if (LoopCut.isKept(slot)) {
            return Optional.ofNullable(known.results.get(new Result(Sink.ELEMENT, slot.name())))
                    .orElseThrow();
        }
        Sink sink = slot.storage() == Storage.ELEMENT ? Sink.ELEMENT : Sink.CARRIED;
        return known.results.entrySet().stream()
                .filter(entry -> entry.getKey().sink == sink
                        && LoopDerivative.derivative(entry.getKey().name).equals(slot.name())
                        && adjoints.isKnown(entry.getValue()))
                .map(entry -> adjoints.of(entry.getValue()))
                .findFirst()
                .orElseGet(() -> nothing(slot, known, adjoints));
    }

    /** The zeros that a sum starts from, or of a result that the loss does not depend on. */
    private static int nothing(Slot slot, Known known, Adjoints adjoints) {
        Loop backwards = known.derivative.backward();
        return backwards.body().instructions().stream()
                .filter(instruction ->
                        instruction.op() instanceof Op.Read read && slot.equals(new Slot(read.storage(), read.name())))
                .map(read -> adjoints.constant(
                        0, backwards.operand(slot, read.type()).shape()))
                .findFirst()
                .orElseThrow();
    }
}
