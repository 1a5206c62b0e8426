package org.descentlang.compiler.lower;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where parameters get their names: the path of bindings and layers from the model down to here, `body.dense`.
 *
 * <p>In `for i in 1 .. 6` what is named gets the index behind its name: `x.block.3.dense.w`, `w.3`.
 */
public final class Place {
    private final String path;
    private final Map<String, Place> bindings = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    public Place(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** The place of what is bound to {@code name}; one for all bindings of that name. */
    Place binding(String name) {
        return bindings.computeIfAbsent(name, n -> new Place(join(n)));
    }

    /** A place of its own for one use of a layer: `dense`, then `dense_2`. */
    Place fresh(String name, String index) {
        String candidate = name + index;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = name + "_" + i + index;
        }
        return new Place(join(candidate));
    }

    /** The same place with nothing named in it yet: for another use of one layer. */
    Place again() {
        return new Place(path);
    }

    String join(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
