package org.descentlang.runtime.tornado;

import java.util.List;

/**
 * One of the programs of a step.
 *
 * @param parts of its tasks, each a graph: TornadoVM's buffers for one are limited
 * @param uploads arrays that come from the host whenever it runs
 * @param downloads arrays that go to the host afterwards
 */
public record StepProgram(String name, List<GraphPart> parts, List<Object> uploads, List<Object> downloads) {
    public StepProgram {
        parts = List.copyOf(parts);
        uploads = List.copyOf(uploads);
        downloads = List.copyOf(downloads);
    }
}
