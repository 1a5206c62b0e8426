package org.descentlang.description;

import java.util.List;

/**
 * A trained tensor.
 *
 * @param path `body.dense.w`
 * @param role `weight`, `bias`, `gain` or `embedding`
 * @param offset of its first value among all parameters; row-major
 */
public record ParameterDescription(String path, String role, List<Integer> shape, int offset, Initializer initializer) {
    public int count() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
