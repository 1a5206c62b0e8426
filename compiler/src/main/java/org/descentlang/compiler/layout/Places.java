package org.descentlang.compiler.layout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Where each of several tensors begins in an array in which they lie one after another. */
public final class Places {
    private final Map<String, Long> offsets = new LinkedHashMap<>();
    private long count;

    static <T> Places of(List<T> tensors, Function<T, String> name, ToLongFunction<T> count) {
        var places = new Places();
        tensors.forEach(tensor -> places.add(name.apply(tensor), count.applyAsLong(tensor)));
        return places;
    }

    void add(String name, long elements) {
        offsets.put(name, count);
        count += elements;
    }

    /** A name for what begins at a place that is known. */
    void alias(String name, long offset) {
        offsets.put(name, offset);
    }

    public long of(String name) {
        Long offset = offsets.get(name);
        if (offset == null) {
            throw new IllegalArgumentException("no place for " + name + "; there are " + offsets.keySet());
        }
        return offset;
    }

    /** Elements of all. */
    public long count() {
        return count;
    }
}
