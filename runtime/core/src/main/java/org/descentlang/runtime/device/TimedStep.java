package org.descentlang.runtime.device;

import java.util.List;
import java.util.function.Consumer;

/** A step on a device, which can say how long each of its tasks takes. */
public interface TimedStep {
    /**
     * To be called before the first run: measures some runs of each program and tells the times when the step is
     * closed.
     */
    void tellTimes(Consumer<List<ProgramTime>> listener);
}
