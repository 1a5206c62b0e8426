package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.TaskGraph;

/** Tasks of a program, as many as one graph takes. */
@FunctionalInterface
public interface GraphPart {
    void addTo(TaskGraph graph, Forms forms);
}
