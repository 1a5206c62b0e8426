package org.descentlang.compiler.autodiff;

import java.util.List;
import java.util.function.Predicate;
import org.descentlang.compiler.ir.Loop;
import org.descentlang.compiler.ir.Loop.Slot;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.ProgramBuilder;
import org.descentlang.compiler.pass.Pipeline;

/**
 * The derivative of a loop is a loop in the other direction. It carries the derivatives of what the loop carries, adds
 * up those of what all turns share, and leaves those of what each turn has of its own. What a turn of it needs of the
 * same turn of the loop, the loop keeps for it:
 *
 * <pre>
 *   h' = tanh(w h)                                          for the w of each turn
 *   dh = wᵀ (dh' (1 - h'²)),  dw = (dh' (1 - h'²)) hᵀ       backwards, with h and h' of each turn
 * </pre>
 *
 * @param forward the loop, with an ELEMENT output for everything that is kept
 * @param backward its slots are the derivatives of the forward results, sums, and what it reads of the forward loop
 * @param wanted the forward slots that have a derivative
 */
record LoopDerivative(Loop forward, Loop backward, List<Slot> wanted) {
    private static final String DERIVATIVE = "d_";

    /** In the backward loop: the slot for the derivative of a forward result, or the result for a forward slot. */
    static String derivative(String name) {
        return DERIVATIVE + name;
    }

    /** @param isWanted whether a slot's operand has a derivative when the loop starts */
    static LoopDerivative of(Loop loop, Predicate<Slot> isWanted) {
        List<Slot> wanted = wanted(loop, isWanted);
        Program whole = Pipeline.optimize(whole(loop, wanted));
        var cut = new LoopCut(whole, loop);
        return new LoopDerivative(
                loop.with(cut.forward()),
                new Loop(cut.backward(), loop.turns(), !loop.backwards(), cut.backwardSlots()),
                wanted);
    }

    /** What is carried has a derivative once a turn gives it one. */
    private static List<Slot> wanted(Loop loop, Predicate<Slot> isWanted) {
        var wanted = loop.slots().stream().filter(isWanted).toList();
        while (true) {
            List<Slot> known = wanted;
            var differentiability = differentiability(loop.body(), known);
            var next = loop.slots().stream()
                    .filter(slot -> known.contains(slot)
                            || slot.storage() == Storage.CARRIED
                                    && differentiability.isDifferentiable(loop.output(Sink.CARRIED, slot.name())
                                            .orElseThrow()
                                            .value()))
                    .toList();
            if (next.equals(known)) {
                return known;
            }
            wanted = next;
        }
    }

    private static Differentiability differentiability(Program body, List<Slot> wanted) {
        return Differentiability.ofReads(body, read -> wanted.contains(new Slot(read.storage(), read.name())));
    }

    /** A turn there and back, as if both were one. */
    private static Program whole(Loop loop, List<Slot> wanted) {
        var loops = LoopGradients.of(loop.body(), differentiability(loop.body(), wanted));
        Program body = loops.forward();
        ProgramBuilder builder = Gradient.copy(body);
        body.outputs().forEach(output -> builder.output(output.sink(), output.name(), output.value()));
        var adjoints = new Adjoints(builder, differentiability(body, wanted));
        for (Output output : body.outputs()) {
            if (adjoints.isWanted(output.value())) {
                boolean carried = output.sink() == Sink.CARRIED;
                var seed = new Op.Read(
                        carried ? Storage.CARRIED : Storage.ELEMENT,
                        derivative(output.name()),
                        body.type(output.value()));
                builder.at(body.instruction(output.value()).origin());
                adjoints.add(output.value(), builder.add(seed));
            }
        }
        Gradient.propagate(body, builder, adjoints, loops);
        wanted.forEach(slot -> derivative(slot, body, builder, adjoints));
        return builder.build();
    }

    private static void derivative(Slot slot, Program body, ProgramBuilder builder, Adjoints adjoints) {
        List<Integer> reads = Gradient.reads(body, slot.storage()).getOrDefault(slot.name(), List.of());
        String name = derivative(slot.name());
        if (slot.storage() == Storage.ELEMENT) {
            builder.output(Sink.ELEMENT, name, Gradient.total(reads, builder, adjoints));
        } else if (slot.storage() == Storage.CARRIED) {
            builder.output(Sink.CARRIED, name, Gradient.total(reads, builder, adjoints));
        } else {
            int part = Gradient.total(reads, builder, adjoints);
            int sum = builder.add(new Op.Read(Storage.CARRIED, name, builder.type(part)));
            builder.output(Sink.CARRIED, name, adjoints.binary(Op.BinaryKind.ADD, sum, part));
        }
    }
}
