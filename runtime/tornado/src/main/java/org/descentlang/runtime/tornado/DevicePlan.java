package org.descentlang.runtime.tornado;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * Programs that share arrays on a device, as graphs of one TornadoVM plan. Every graph takes over all arrays from whichever ran before, so the
 * programs can follow one another in any order once the first has uploaded everything.
 */
final class DevicePlan implements Execution {
    private final Object[] shared;
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
    private final Map<String, List<Integer>> programs = new HashMap<>();
    private final TornadoExecutionPlan plan;

    DevicePlan(TornadoDevice device, List<Object> shared, List<StepProgram> programs) {
        this.shared = shared.toArray();
        programs.forEach(this::add);
        plan = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
        plan.withDevice(device);
    }

    private void add(StepProgram program) {
        var numbers = new ArrayList<Integer>();
        int last = program.parts().size() - 1;
        for (int part = 0; part <= last; part++) {
            List<Object> uploads = part == 0 ? program.uploads() : List.of();
            List<Object> downloads = part == last ? program.downloads() : List.of();
            var graph = new TaskGraph(program.name() + part);
            transfer(graph, uploads);
            graph = program.parts().get(part).apply(graph);
            if (!downloads.isEmpty()) {
                graph.transferToHost(DataTransferMode.EVERY_EXECUTION, downloads.toArray());
            }
            numbers.add(graphs.size());
            graphs.add(graph.persistOnDevice(shared).snapshot());
        }
        programs.put(program.name(), numbers);
    }

    private void transfer(TaskGraph graph, List<Object> uploads) {
        if (!uploads.isEmpty()) {
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, uploads.toArray());
        }
        // By identity: arrays of TornadoVM that hold the same numbers are equal.
        Set<Object> others = Collections.newSetFromMap(new IdentityHashMap<>());
        Collections.addAll(others, shared);
        uploads.forEach(others::remove);
        if (!others.isEmpty()) {
            graph.consumeFromDevice(others.toArray());
        }
    }

    @Override
    public void run(String program) {
        for (int graph : programs.getOrDefault(program, List.of())) {
            plan.withGraph(graph).execute();
        }
    }

    @Override
    public void close() {
        try {
            plan.freeDeviceMemory();
            plan.close();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException(e);
        }
    }
}
