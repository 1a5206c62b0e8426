package org.descentlang.runtime.tornado;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.descentlang.runtime.device.ProgramTime;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/**
 * Programs that share arrays on a device, as graphs of one TornadoVM plan. Every graph takes over all arrays from
 * whichever ran before, so the programs can follow one another in any order once the first has uploaded everything.
 *
 * <p>On a GPU, a program comes three times: its products are for batches of full size and would add up rows that are
 * not there, which smaller batches make zero first; of few rows, generated loops are the faster ones.
 */
final class DevicePlan implements Execution {
    /** Runs of a graph, of which the profiler keeps its text. */
    private static final int MEASURED = 100;

    private final Object[] shared;
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
    private final Map<BatchSize, Map<String, List<Integer>>> numbers = new EnumMap<>(BatchSize.class);
    private final TornadoExecutionPlan plan;
    private final int[] runs;
    private final boolean timed;
    private @Nullable TornadoExecutionResult measured;

    /**
     * @param products of a GPU; other devices have loops for everything
     * @param timed whether to measure the runs after the first, which compiles
     */
    DevicePlan(
            TornadoDevice device,
            Optional<Products> products,
            List<Object> shared,
            List<StepProgram> programs,
            boolean timed) {
        this.shared = shared.toArray();
        this.timed = timed;
        var grids = new GridScheduler();
        for (BatchSize size : BatchSize.values()) {
            numbers.put(
                    size,
                    products.map(ofGpu -> graphs(programs, size, new GroupForms(grids, sized(ofGpu, size))))
                            .orElseGet(() -> loops(programs, size)));
        }
        plan = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
        plan.withDevice(device);
        if (!grids.keySet().isEmpty()) {
            plan.withGridScheduler(grids);
        }
        if (!timed && Cuda.graphs(device)) {
            plan.withCUDAGraph();
        }
        runs = new int[graphs.size()];
    }

    static Products sized(Products products, BatchSize size) {
        return switch (size) {
            case FULL -> products;
            case PART -> new PaddedProducts(products);
            case FEW -> Products.LOOPS;
        };
    }

    /** Loops are the same for batches of all sizes. */
    private Map<String, List<Integer>> loops(List<StepProgram> programs, BatchSize size) {
        var made = numbers.get(BatchSize.FULL);
        return made == null ? graphs(programs, size, Forms.LOOPS) : made;
    }

    private Map<String, List<Integer>> graphs(List<StepProgram> programs, BatchSize size, Forms forms) {
        Map<String, List<Integer>> made = new HashMap<>();
        programs.forEach(program -> made.put(program.name(), add(program, size.suffix(), forms)));
        return made;
    }

    private List<Integer> add(StepProgram program, String suffix, Forms forms) {
        var added = new ArrayList<Integer>();
        int last = program.parts().size() - 1;
        for (int part = 0; part <= last; part++) {
            List<Object> uploads = part == 0 ? program.uploads() : List.of();
            List<Object> downloads = part == last ? program.downloads() : List.of();
            var graph = new TaskGraph(program.name() + suffix + part);
            transfer(graph, uploads);
            program.parts().get(part).addTo(graph, forms);
            if (!downloads.isEmpty()) {
                graph.transferToHost(DataTransferMode.EVERY_EXECUTION, downloads.toArray());
            }
            added.add(graphs.size());
            graphs.add(graph.persistOnDevice(shared).snapshot());
        }
        return added;
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
    public void run(String program, BatchSize size) {
        for (int graph : numbers.getOrDefault(size, Map.of()).getOrDefault(program, List.of())) {
            execute(graph);
        }
    }

    private void execute(int graph) {
        TornadoExecutionPlan selected = plan.withGraph(graph);
        if (timed && runs[graph] > 0 && runs[graph] <= MEASURED) {
            measured = selected.withProfiler(ProfilerMode.SILENT).execute();
            selected.withoutProfiler();
        } else {
            selected.execute();
        }
        runs[graph]++;
    }

    @Override
    public List<ProgramTime> times() {
        var log = new StringBuilder();
        for (int graph = 0; graph < runs.length && measured != null; graph++) {
            // The result of any run has the log of the graph that is chosen now.
            plan.withGraph(graph);
            log.append(measured.getProfilerResult().getProfileLog());
        }
        return ProfileLog.read(log.toString());
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
