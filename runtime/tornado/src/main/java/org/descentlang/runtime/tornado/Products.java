package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;

/** How a graph computes matrix products. */
@FunctionalInterface
public interface Products {
    /** By generated kernels, as every backend can. */
    Products KERNELS = (_, _, kernel) -> kernel.run();

    /** @param kernel adds the generated kernel instead */
    void add(TaskGraph graph, MatrixProduct product, Runnable kernel);

    /** The threads of the tasks added so far, for tasks that do not count them themselves as loops do. */
    default GridScheduler grids() {
        return new GridScheduler();
    }
}
