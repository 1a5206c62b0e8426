package org.descentlang.runtime.tornado;

import java.util.List;
import org.descentlang.description.TrainingDescription;
import org.descentlang.runtime.training.TrainingStep;

/**
 * Where the parts of an array lie, by name: the reference evaluator keeps them in another order than a generated step.
 */
record Slots(List<Slot> slots) {
    record Slot(String name, int offset, int count) {}

    static Slots parameters(TrainingDescription description) {
        return new Slots(description.parameters().stream()
                .map(part -> new Slot(part.path(), part.offset(), part.count()))
                .toList());
    }

    static Slots states(TrainingDescription description) {
        return new Slots(description.states().stream()
                .map(part -> new Slot(part.path(), part.offset(), part.count()))
                .toList());
    }

    static Slots running(TrainingDescription description) {
        return new Slots(description.running().stream()
                .map(part -> new Slot(part.path(), part.offset(), part.count()))
                .toList());
    }

    /** @param whole whether of the whole numbers */
    static Slots fields(TrainingStep step, boolean whole, int rows) {
        return new Slots(step.description().fields().stream()
                .filter(field -> field.whole() == whole)
                .map(field -> new Slot(field.name(), field.offset(step.capacity()), rows * field.width()))
                .toList());
    }

    /** Moves all parts to where others have them. */
    void copy(Object from, Slots others, Object to) {
        for (Slot slot : slots) {
            Slot other = others.slots().stream()
                    .filter(candidate -> candidate.name().equals(slot.name()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + slot.name() + " in " + others));
            System.arraycopy(from, slot.offset(), to, other.offset(), slot.count());
        }
    }
}
