package org.descentlang.description;

import java.util.List;

/** Running state of a layer. */
public record RunningDescription(String path, List<Integer> shape, int offset, float initial) {
    public int count() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
