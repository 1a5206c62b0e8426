package org.descentlang.description;

import java.util.List;

/** The sizes of a tensor's axes. */
final class Sizes {
    private Sizes() {}

    /** Elements; asked for between steps, so nothing is allocated. */
    static int product(List<Integer> sizes) {
        int product = 1;
        for (int axis = 0; axis < sizes.size(); axis++) {
            product = Math.multiplyExact(product, sizes.get(axis));
        }
        return product;
    }
}
