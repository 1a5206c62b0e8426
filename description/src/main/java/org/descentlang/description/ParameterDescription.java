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
    /** The same elsewhere. */
    public ParameterDescription at(int newOffset) {
        return new ParameterDescription(path, role, shape, newOffset, initializer);
    }

    public int count() {
        return Sizes.product(shape);
    }

    /** What lies behind it begins here. */
    int end() {
        return offset + count();
    }
}
