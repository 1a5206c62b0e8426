package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;

/** How graphs compute matrix products. */
@FunctionalInterface
interface Products {
    /** By generated loops, as every device can. */
    Products LOOPS = (_, _, _, loops) -> loops.run();

    /**
     * @param grids for the threads of a task that does not count them itself, as loops do
     * @param loops adds the generated kernel instead
     */
    void add(TaskGraph graph, GridScheduler grids, MatrixProduct product, Runnable loops);
}
