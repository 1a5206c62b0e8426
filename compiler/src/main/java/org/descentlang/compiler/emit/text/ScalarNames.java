package org.descentlang.compiler.emit.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.plan.Slab;

/** What the host's scalars of a program are called in Java. */
public final class ScalarNames {
    private static final Pattern OURS = Pattern.compile("[a-z][0-9].*|("
            + Arrays.stream(Slab.values()).map(Slab::text).collect(Collectors.joining("|"))
            + ")At[0-9]*");

    private final Map<Integer, String> names;

    private ScalarNames(Map<Integer, String> names) {
        this.names = names;
    }

    /** @param taken names of the program's other members */
    public ScalarNames(Program program, Collection<String> taken) {
        names = new HashMap<>();
        var free = new Names(
                "rows",
                "capacity",
                "memory",
                "kernels",
                "team",
                "threads",
                "products",
                "places",
                "part",
                "run",
                "scalars",
                "from",
                "to",
                "base",
                "t",
                "durations",
                "lanes",
                "lane",
                "sums",
                "turns",
                "turn",
                "end",
                "result");
        Arrays.stream(Slab.values()).map(Slab::text).forEach(free::unique);
        taken.forEach(free::unique);
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

    /** Kernels name their own variables with a letter and a number, and where values lie after an array. */
    private static String outsideOurs(String name) {
        return OURS.matcher(name).matches() ? name + "_" : name;
    }

    /** The parameter that says where in an array a kernel's values lie. */
    public static String start(Slab slab) {
        return slab.text() + "At";
    }

    /** The same names, but for scalars that stand for others as well. */
    public ScalarNames withNumbers(Collection<Integer> values) {
        var changed = new HashMap<>(names);
        values.forEach(value -> changed.put(value, "s" + value));
        return new ScalarNames(changed);
    }

    public String name(int value) {
        String name = names.get(value);
        if (name == null) {
            throw new IllegalArgumentException("no value %" + value);
        }
        return name;
    }
}
