package org.descentlang.compiler.emit.device;

import static org.descentlang.compiler.emit.device.DeviceNames.DOUBLE_ARRAY;
import static org.descentlang.compiler.emit.device.DeviceNames.KERNEL_CONTEXT;
import static org.descentlang.compiler.emit.device.DeviceNames.PARALLEL;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.descentlang.compiler.emit.text.Positions;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.plan.Affine;
import org.descentlang.compiler.plan.Offset;
import org.descentlang.compiler.plan.Place;
import org.descentlang.compiler.plan.Plan;
import org.descentlang.compiler.plan.Slab;
import org.descentlang.compiler.type.Dim;

/**
 * A kernel while it is written: collects what it needs from outside.
 *
 * <p>A number handed to a kernel would be compiled into it, so whatever changes from step to step comes in arrays:
 * `numbers` from the host, `scalars` and `partials` from other kernels. Loops over threads run to the largest batch,
 * with a test for the current rows.
 */
public final class DeviceMethod {
    /** TornadoVM compiles three nested loops over threads, not four. */
    public static final int MOST_PARALLEL = 3;

    private final Plan plan;
    private final boolean parallel;
    private final boolean groups;
    private final CodeBlock.Builder body = CodeBlock.builder();
    private final TreeMap<Integer, CodeBlock> hosts = new TreeMap<>();
    private final TreeSet<Slab> slabs = new TreeSet<>();
    private final TreeSet<String> doubles = new TreeSet<>();
    private boolean rows;
    private boolean capacity;
    private boolean draws;

    /** @param parallel false for one work item with loops that an FPGA's compiler pipelines */
    DeviceMethod(Plan plan, boolean parallel) {
        this(plan, parallel, false);
    }

    private DeviceMethod(Plan plan, boolean parallel, boolean groups) {
        this.plan = plan;
        this.parallel = parallel;
        this.groups = groups;
    }

    /** For groups of threads that share local memory: what a thread does, by its place in `context`. */
    static DeviceMethod inGroups(Plan plan) {
        return new DeviceMethod(plan, false, true);
    }

    void statement(String format, Object... arguments) {
        body.addStatement(format, arguments);
    }

    void statement(CodeBlock statement) {
        body.addStatement(statement);
    }

    void open(String format, Object... arguments) {
        body.beginControlFlow(format, arguments);
    }

    void close(int blocks) {
        for (int i = 0; i < blocks; i++) {
            body.endControlFlow();
        }
    }

    /**
     * Loops over threads. TornadoVM counts the outermost by the dimension in which threads are neighbours (`Devices`
     * keeps it from turning them round for GPUs), so that this is the last loop: neighbours then read and write
     * neighbours in memory.
     *
     * @param loops their numbers
     * @param extents of all loops
     * @return how many blocks are open
     */
    int openParallel(List<Integer> loops, List<Dim> extents) {
        return openTiles(loops, extents, Collections.nCopies(extents.size(), 1));
    }

    /** @param tiles how many elements of each loop a thread takes; they divide the largest extent */
    int openTiles(List<Integer> loops, List<Dim> extents, List<Integer> tiles) {
        var guards = new ArrayList<String>();
        for (int loop : parallel ? loops.reversed() : loops) {
            Dim extent = extents.get(loop);
            int tile = tiles.get(loop);
            String first = tile == 1 ? Positions.variable(loop) : tile + " * " + Positions.variable(loop);
            openLoop("0", Positions.variable(loop), largest(extent, tile), "1", true);
            if (!extent.isFixed()) {
                guards.add(first + " < " + size(extent));
            }
        }
        if (!guards.isEmpty()) {
            open("if ($L)", String.join(" && ", guards));
        }
        return loops.size() + (guards.isEmpty() ? 0 : 1);
    }

    void openLoop(int loop, Dim extent) {
        openLoop("0", Positions.variable(loop), size(extent), "1", false);
    }

    void openLoop(String start, String variable, String end, String step, boolean overThreads) {
        CodeBlock declared = overThreads && parallel ? CodeBlock.of("@$T int", PARALLEL) : CodeBlock.of("int");
        String next = step.equals("1") ? variable + "++" : variable + " += " + step;
        open("for ($L $L = $L; $L < $L; $L)", declared, variable, start, variable, end, next);
    }

    String size(Dim dim) {
        rows |= !dim.isFixed();
        return Positions.size(dim);
    }

    /** With as many rows as there may ever be. */
    private String largest(Dim dim, int tile) {
        Dim largest = plan.capacity().resolve(dim);
        return tile == 1 ? offset(Offset.of(largest)) : Long.toString(largest.fixed() / tile);
    }

    private String offset(Offset offset) {
        capacity |= !offset.isFixed();
        return Positions.offset(offset);
    }

    /** The expression for an element of memory. */
    CodeBlock get(Place place, Affine position) {
        return CodeBlock.of("$L.get($L)", slab(place), position(place, position));
    }

    void set(Place place, Affine position, CodeBlock value) {
        set(place, position(place, position), value);
    }

    /** @param position after the first element of the array, not of the place */
    void set(Place place, String position, CodeBlock value) {
        statement("$L.set($L, $L)", slab(place), position, value);
    }

    String position(Place place, Affine position) {
        capacity |= !place.offset().isFixed();
        rows |= !position.isFixed();
        return Positions.text(position, place.offset(), -1, 0);
    }

    /** The position of an index along an axis. */
    String position(Affine position) {
        rows |= !position.isFixed();
        return Positions.text(position, Offset.ZERO, -1, 0);
    }

    /** A place's first element, to add to. */
    String start(Place place) {
        return offset(place.offset());
    }

    String slab(Place place) {
        slabs.add(place.slab());
        return place.slab().text();
    }

    /** One of the arrays of doubles. */
    String doubles(String name) {
        doubles.add(name);
        return name;
    }

    /** An element of random numbers, whose key is read once, before the loops. */
    CodeBlock random(Op.Random random, String index) {
        draws = true;
        String function = switch (random.distribution()) {
            case UNIFORM -> "uniform";
            case NORMAL -> "normal";
        };
        return CodeBlock.of(
                "$T.$L($L, $L, drawLow, drawHigh, seedLow, seedHigh)",
                DeviceNames.DEVICE_RANDOM,
                function,
                index,
                random.place());
    }

    /** A scalar that is read once, before the loops. */
    String host(int value, TypeName type, CodeBlock source) {
        String name = "s" + value;
        hosts.put(value, CodeBlock.of("$T $L = $L", type, name, source));
        return name;
    }

    /** @param doc of the method, as it stands in a comment; may be blank */
    MethodSpec build(String name, String doc) {
        if (rows || draws) {
            doubles.add("numbers");
        }
        var method = MethodSpec.methodBuilder(name).addModifiers(Modifier.STATIC);
        if (!doc.isBlank()) {
            method.addJavadoc("$L", doc);
        }
        if (groups) {
            method.addParameter(KERNEL_CONTEXT, "context");
        }
        doubles.forEach(array -> method.addParameter(DOUBLE_ARRAY, array));
        slabs.forEach(slab -> method.addParameter(DeviceNames.array(slab), slab.text()));
        if (capacity) {
            method.addParameter(int.class, "capacity");
        }
        if (rows) {
            method.addStatement("int rows = (int) numbers.get($L)", DeviceNumbers.ROWS);
        }
        if (draws) {
            addKey(method);
        }
        hosts.values().forEach(method::addStatement);
        return method.addCode(body.build()).build();
    }

    private static void addKey(MethodSpec.Builder method) {
        method.addStatement("int drawLow = (int) numbers.get($L)", DeviceNumbers.DRAW)
                .addStatement("int drawHigh = (int) numbers.get($L)", DeviceNumbers.DRAW + 1)
                .addStatement("int seedLow = (int) numbers.get($L)", DeviceNumbers.SEED)
                .addStatement("int seedHigh = (int) numbers.get($L)", DeviceNumbers.SEED + 1);
    }
}
