package org.descentlang.compiler.op;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.descentlang.compiler.ir.Op.Read;
import org.descentlang.compiler.ir.Op.Storage;

/**
 * What one evaluation of a program is given: the batch size, the values that it reads, and where its random numbers
 * come from.
 */
public final class Inputs {
    private record Key(Storage storage, String name) {}

    private final long batch;
    private final long seed;
    private final long draw;
    private final Map<Key, TensorValue> values = new HashMap<>();

    /** @param draw numbers the evaluations that share a seed: the step of a training run */
    public Inputs(long batch, long seed, long draw) {
        this.batch = batch;
        this.seed = seed;
        this.draw = draw;
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

    /** @throws IllegalArgumentException if nothing, or something of another type, was bound */
    public TensorValue value(Read read) {
        TensorValue value = values.get(new Key(read.storage(), read.name()));
        if (value == null) {
            throw new IllegalArgumentException("no value for " + read.storage().keyword() + " " + read.name());
        }
        if (!value.fits(read.type(), batch)) {
            String found = value.element() + Arrays.toString(value.sizes());
            throw new IllegalArgumentException(read.storage().keyword() + " " + read.name() + " must be " + read.type()
                    + ", for a batch of " + batch + ", not " + found);
        }
        return value;
    }
}
