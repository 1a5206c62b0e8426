package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.WorkerGrid1D;

/**
 * Forms for GPUs, whose groups of threads share local memory.
 *
 * @param grids how many threads each task has: without an entry, TornadoVM would run it on one and say nothing
 */
record GroupForms(GridScheduler grids, Products products) implements Forms {
    /** Of a group, as the compiler emits them. */
    private static final int THREADS = 256;

    @Override
    public void product(TaskGraph graph, MatrixProduct product, Runnable loops) {
        products.add(graph, grids, product, loops);
    }

    @Override
    public void reduction(TaskGraph graph, String task, int groups, Runnable inGroups, Runnable loops) {
        inGroups.run();
        var grid = new WorkerGrid1D(groups * THREADS);
        grid.setLocalWork(THREADS, 1, 1);
        grids.addWorkerGrid(graph.getTaskGraphName() + "." + task, grid);
    }
}
