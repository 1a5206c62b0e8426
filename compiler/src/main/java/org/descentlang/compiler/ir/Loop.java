package org.descentlang.compiler.ir;

import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.type.Dim;
import org.descentlang.compiler.type.Shape;
import org.descentlang.compiler.type.TensorType;

/**
 * A program that is carried out once in each turn, as `scan` of Blelloch (Prefix sums and their applications, 1990) and
 * of JAX.
 *
 * <p>The body reads nothing from outside but SCALARs and its slots, one for each operand of the {@link Op.Scan}. It
 * leaves a CARRIED output for each CARRIED slot, which is what the slot holds in the next turn, and an ELEMENT output
 * for each tensor that a turn adds an element to.
 *
 * @param backwards whether the last element comes first
 */
public record Loop(Program body, int turns, boolean backwards, List<Slot> slots) {
    /** @param storage CARRIED, SHARED or ELEMENT */
    public record Slot(Storage storage, String name) {}

    public Loop {
        slots = List.copyOf(slots);
    }

    /** The same turns of another program. */
    public Loop with(Program other) {
        return new Loop(other, turns, backwards, slots);
    }

    /** The element that turn {@code turn} reads and leaves. */
    public int element(int turn) {
        return backwards ? turns - 1 - turn : turn;
    }

    /** Of the body, by sink and name. */
    public Optional<Output> output(Sink sink, String name) {
        return body.outputs().stream()
                .filter(output -> output.sink() == sink && output.name().equals(name))
                .findFirst();
    }

    /** The type of an operand, from that of what the body reads. */
    public TensorType operand(Slot slot, TensorType read) {
        return slot.storage() == Storage.ELEMENT ? stacked(read) : read;
    }

    /** What a result is when the loop has ended. */
    public TensorType result(Output output) {
        TensorType type = body.type(output.value());
        return output.sink() == Sink.ELEMENT ? stacked(type) : type;
    }

    /** One of {@code element} for each turn, along a new first axis. */
    private TensorType stacked(TensorType element) {
        return element.as(Shape.of(Dim.of(turns)).append(element.shape()));
    }
}
