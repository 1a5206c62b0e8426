package org.descentlang.compiler.emit.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Slab;

/** What the host's scalars of a program are called in Java. */
public final class ScalarNames {
    private final Map<Integer, String> names = new HashMap<>();

    public ScalarNames(Program program) {
        var free = new Names("rows", "from", "to", "base", "t", "durations", "lanes", "lane", "sums");
        Arrays.stream(Slab.values()).map(Slab::text).forEach(free::unique);
        for (int value = 0; value < program.size(); value++) {
            if (program.instruction(value).op() instanceof Op.Read read && read.storage() == Storage.SCALAR) {
                names.put(value, free.unique(outsideOurs(Names.variable(read.name()))));
            }
        }
        for (int value = 0; value < program.size(); value++) {
            if (!names.containsKey(value)) {
                names.put(value, free.unique("s" + value));
            }
        }
    }

    /** Kernels name their own variables with a letter and a number. */
    private static String outsideOurs(String name) {
        return name.matches("[a-z][0-9].*") ? name + "_" : name;
    }

    public String name(int value) {
        String name = names.get(value);
        if (name == null) {
            throw new IllegalArgumentException("no value %" + value);
        }
        return name;
    }
}
