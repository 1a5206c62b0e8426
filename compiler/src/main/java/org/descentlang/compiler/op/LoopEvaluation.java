package org.descentlang.compiler.op;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;

/** One turn after the other. */
final class LoopEvaluation {
    private record Run(Loop loop, List<Integer> operands) {}

    private final Inputs inputs;
    private final Map<Run, List<Results>> known = new HashMap<>();

    LoopEvaluation(Inputs inputs) {
        this.inputs = inputs;
    }

    /** @param operands the values' positions in the program, by which a loop that has run is known */
    TensorValue result(Op.Scan scan, List<Integer> operands, List<TensorValue> values) {
        Loop loop = scan.loop();
        List<Results> turns = known.computeIfAbsent(new Run(loop, operands), _ -> run(loop, values));
        if (scan.sink() != Sink.ELEMENT) {
            return turns.getLast().output(scan.sink(), scan.result());
        }
        var elements = new ArrayList<>(turns.stream()
                .map(turn -> turn.output(scan.sink(), scan.result()))
                .toList());
        return TensorValue.stacked(loop.backwards() ? elements.reversed() : elements);
    }

    private List<Results> run(Loop loop, List<TensorValue> operands) {
        var turns = new ArrayList<Results>();
        for (int turn = 0; turn < loop.turns(); turn++) {
            int element = loop.element(turn);
            Inputs own = inputs.ofTurn(element);
            for (int i = 0; i < operands.size(); i++) {
                Slot slot = loop.slots().get(i);
                TensorValue given = operands.get(i);
                boolean later = slot.storage() == Storage.CARRIED && turn > 0;
                own.bind(
                        slot.storage(),
                        slot.name(),
                        later
                                ? turns.getLast().output(Sink.CARRIED, slot.name())
                                : slot.storage() == Storage.ELEMENT ? given.element(element) : given);
            }
            turns.add(ReferenceEvaluator.evaluate(loop.body(), own));
        }
        return turns;
    }
}
