package org.descentlang.runtime.tornado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * Programs that share arrays on a device, as graphs of one TornadoVM plan. Every graph takes over all arrays from whichever ran before, so the
 * programs can follow one another in any order once the first has uploaded everything.
 */
final class DevicePlan implements AutoCloseable {
    private final Device device;
    private final Object[] shared;
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
    private final Map<String, List<Integer>> programs = new HashMap<>();
    private @Nullable TornadoExecutionPlan plan;

    DevicePlan(Device device, Object... shared) {
        this.device = device;
        this.shared = shared;
    }

    Object[] shared() {
        return shared;
    }

    /**
     * Adds a program.
     *
     * @param parts of its tasks, each a graph
     * @param uploads arrays that come from the host whenever it runs
     * @param downloads arrays that go to the host afterwards
     */
    void add(String name, List<UnaryOperator<TaskGraph>> parts, Object[] uploads, Object[] downloads) {
        var numbers = new ArrayList<Integer>();
        for (int part = 0; part < parts.size(); part++) {
            Object[] own = part == 0 ? uploads : new Object[0];
            var graph = new TaskGraph(name + part);
            if (own.length > 0) {
                graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, own);
            }
            Set<Object> uploaded = Collections.newSetFromMap(new IdentityHashMap<>());
            Collections.addAll(uploaded, own);
            Object[] others = Arrays.stream(shared)
                    .filter(array -> !uploaded.contains(array))
                    .toArray();
            if (others.length > 0) {
                graph.consumeFromDevice(others);
            }
            graph = parts.get(part).apply(graph);
            if (part == parts.size() - 1 && downloads.length > 0) {
                graph.transferToHost(DataTransferMode.EVERY_EXECUTION, downloads);
            }
            numbers.add(graphs.size());
            graphs.add(graph.persistOnDevice(shared).snapshot());
        }
        programs.put(name, numbers);
    }

    void open() {
        var made = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
        made.withDevice(device.device());
        plan = made;
    }

    void run(String program) {
        if (plan == null) {
            throw new IllegalStateException("not open");
        }
        for (int graph : programs.getOrDefault(program, List.of())) {
            plan.withGraph(graph).execute();
        }
    }

    @Override
    public void close() {
        if (plan != null) {
            try {
                plan.freeDeviceMemory();
                plan.close();
            } catch (TornadoExecutionPlanException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
