package org.descentlang.compiler.op;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.descentlang.compiler.ir.Op.Read;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.StackedName;

/**
 * What one evaluation of a program is given: the batch size, the values that it reads, and where its random numbers
 * come from.
 */
public final class Inputs {
    private record Key(Storage storage, String name) {}

    private final long batch;
    private final long seed;
    private final long draw;
    private final int element;
    private final Map<Key, TensorValue> values;

    /** @param draw numbers the evaluations that share a seed: the step of a training run */
    public Inputs(long batch, long seed, long draw) {
        this(batch, seed, draw, 0, new HashMap<>());
    }

    private Inputs(long batch, long seed, long draw, int element, Map<Key, TensorValue> values) {
        this.batch = batch;
        this.seed = seed;
        this.draw = draw;
        this.element = element;
        this.values = values;
    }

    /** For a turn of a loop: the same, and what its slots hold. */
    Inputs ofTurn(int number) {
        return new Inputs(batch, seed, draw, number, new HashMap<>(values));
    }

    public Inputs bind(Storage storage, String name, TensorValue value) {
        values.put(new Key(storage, name), value);
        return this;
    }

    public long batch() {
        return batch;
    }

    public long seed() {
        return seed;
    }

    public long draw() {
        return draw;
    }

    /** Which element of what it goes over a turn of a loop reads. */
    int element() {
        return element;
    }

    /** @throws IllegalArgumentException if nothing, or something of another type, was bound */
    public TensorValue value(Read read) {
        TensorValue value = StackedName.of(read.name())
                .map(name -> stacked(read.storage(), name))
                .orElseGet(() -> bound(read.storage(), read.name()));
        if (!value.fits(read.type(), batch)) {
            String found = value.element() + Arrays.toString(value.sizes());
            throw new IllegalArgumentException(read.storage().keyword() + " " + read.name() + " must be " + read.type()
                    + ", for a batch of " + batch + ", not " + found);
        }
        return value;
    }

    /** All of them or, of a scalar in a turn, that of the turn. */
    private TensorValue stacked(Storage storage, StackedName name) {
        return storage == Storage.SCALAR
                ? bound(storage, name.name(element))
                : TensorValue.stacked(name.indices()
                        .mapToObj(turn -> bound(storage, name.name(turn)))
                        .toList());
    }

    private TensorValue bound(Storage storage, String name) {
        TensorValue value = values.get(new Key(storage, name));
        if (value == null) {
            throw new IllegalArgumentException("no value for " + storage.keyword() + " " + name);
        }
        return value;
    }
}
