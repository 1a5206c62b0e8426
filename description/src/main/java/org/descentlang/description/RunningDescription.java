package org.descentlang.description;

import java.util.List;

/** Running state of a layer. */
public record RunningDescription(String path, List<Integer> shape, int offset, float initial) {
    public int count() {
        return Sizes.product(shape);
    }

    /** What lies behind it begins here. */
    int end() {
        return offset + count();
    }
}
