package org.descentlang.runtime.tornado;

import java.util.List;
import java.util.Optional;

/** Where the programs of a step run. */
public interface Device {
    /**
     * Makes programs that share arrays ready to run.
     *
     * @param shared every array that any of them uses
     * @param products what matrix products may be computed in
     * @param timed whether to measure how long tasks take
     */
    Execution open(List<Object> shared, List<StepProgram> programs, Precision products, boolean timed);

    /** For all arrays together, where it is worth keeping examples there; empty where it is not. */
    Optional<DeviceMemory> memory();

    /** Whether matrix products come out faster if they may be in that precision; others are in f32. */
    boolean multipliesIn(Precision precision);
}
