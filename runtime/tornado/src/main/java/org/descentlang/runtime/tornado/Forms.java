package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.TaskGraph;

/** Which form of a kernel a graph gets where there are several. */
public interface Forms {
    /** Generated loops for everything, as every device can. */
    Forms LOOPS = new Forms() {
        @Override
        public void product(TaskGraph graph, MatrixProduct product, Runnable loops) {
            loops.run();
        }

        @Override
        public void reduction(TaskGraph graph, String task, int groups, Runnable inGroups, Runnable loops) {
            loops.run();
        }
    };

    /** @param loops adds the generated kernel */
    void product(TaskGraph graph, MatrixProduct product, Runnable loops);

    /**
     * @param groups of threads of the kernel that {@code inGroups} adds
     * @param loops adds the kernel without local memory
     */
    void reduction(TaskGraph graph, String task, int groups, Runnable inGroups, Runnable loops);
}
