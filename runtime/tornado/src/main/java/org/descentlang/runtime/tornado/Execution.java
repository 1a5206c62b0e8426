package org.descentlang.runtime.tornado;

import java.util.List;
import org.descentlang.runtime.device.ProgramTime;

/** Programs on a device, and what they share there. */
public interface Execution extends AutoCloseable {
    /**
     * Uploads what the program needs from the host, runs its tasks in order, and downloads its results.
     *
     * @param size of the batch, of the rows that the kernels were compiled for
     */
    void run(String program, BatchSize size);

    /** The same for a program without a batch. */
    default void run(String program) {
        run(program, BatchSize.FULL);
    }

    /** Where the time of the programs went; empty if nobody asked for it when this was opened. */
    List<ProgramTime> times();

    @Override
    void close();
}
