package org.descentlang.compiler.ir;

import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.type.TensorType;

/** What a loop is given fits what its body reads, and what a turn leaves is what the next one reads. */
final class RegionShape {
    private RegionShape() {}

    static TensorType of(Op.Region region, OperandTypes operands) {
        return switch (region) {
            case Op.Scan scan -> scan(scan, operands);
        };
    }

    private static TensorType scan(Op.Scan scan, OperandTypes operands) {
        Loop loop = scan.loop();
        operands.require(loop.turns() > 0, "a loop without turns");
        operands.requireCount(loop.slots().size());
        for (Instruction instruction : loop.body().instructions()) {
            if (instruction.op() instanceof Op.Read read && read.storage() != Storage.SCALAR) {
                int i = loop.slots().indexOf(new Slot(read.storage(), read.name()));
                operands.require(i >= 0, "no slot " + read.name());
                requireType(loop.operand(loop.slots().get(i), read.type()), i, operands);
            }
        }
        for (int i = 0; i < loop.slots().size(); i++) {
            Slot slot = loop.slots().get(i);
            if (slot.storage() == Storage.CARRIED) {
                Output next = required(loop, Sink.CARRIED, slot.name(), operands);
                requireType(loop.body().type(next.value()), i, operands);
            }
        }
        return loop.result(required(loop, scan.sink(), scan.result(), operands));
    }

    private static Output required(Loop loop, Sink sink, String name, OperandTypes operands) {
        var output = loop.output(sink, name);
        operands.require(output.isPresent(), "no " + sink.keyword() + " output " + name);
        return output.orElseThrow();
    }

    private static void requireType(TensorType type, int i, OperandTypes operands) {
        operands.require(operands.types().get(i).equals(type), "operand " + i + " must be " + type);
    }
}
