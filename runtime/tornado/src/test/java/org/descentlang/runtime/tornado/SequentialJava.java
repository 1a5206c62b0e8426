package org.descentlang.runtime.tornado;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.descentlang.runtime.device.ProgramTime;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;

/** Kernels as the Java methods that they are, one after another on one thread, without TornadoVM's compiler. */
final class SequentialJava implements Device {
    private final Products ofFullBatches;

    SequentialJava() {
        this(Products.LOOPS);
    }

    SequentialJava(Products ofFullBatches) {
        this.ofFullBatches = ofFullBatches;
    }

    @Override
    public Execution open(List<Object> shared, List<StepProgram> programs, Precision precision, boolean timed) {
        Map<String, List<GraphPart>> parts = new HashMap<>();
        programs.forEach(program -> parts.put(program.name(), program.parts()));
        return new Execution() {
            @Override
            public void run(String program, BatchSize size) {
                TaskGraph graph = new RunningTaskGraph();
                Products products = DevicePlan.sized(ofFullBatches, size);
                parts.getOrDefault(program, List.of()).forEach(part -> part.addTo(graph, forms(products)));
            }

            @Override
            public List<ProgramTime> times() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<DeviceMemory> memory() {
        return Optional.of(new DeviceMemory(Long.MAX_VALUE));
    }

    @Override
    public boolean multipliesIn(Precision precision) {
        return precision == Precision.F32;
    }

    private static Forms forms(Products products) {
        return new Forms() {
            @Override
            public void product(TaskGraph graph, MatrixProduct product, Runnable loops) {
                products.add(graph, new GridScheduler(), product, loops);
            }

            @Override
            public void reduction(TaskGraph graph, String task, int groups, Runnable inGroups, Runnable loops) {
                loops.run();
            }
        };
    }
}
