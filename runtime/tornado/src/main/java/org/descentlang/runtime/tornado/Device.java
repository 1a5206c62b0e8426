package org.descentlang.runtime.tornado;

import java.util.List;

/** Where the programs of a step run. */
public interface Device {
    /**
     * Makes programs that share arrays ready to run.
     *
     * @param shared every array that any of them uses
     * @param timed whether to measure how long tasks take
     */
    Execution open(List<Object> shared, List<StepProgram> programs, boolean timed);
}
