package org.descentlang.runtime.tornado;

import java.util.List;
import org.descentlang.runtime.device.ProgramTime;

/** Programs on a device, and what they share there. */
public interface Execution extends AutoCloseable {
    /** Uploads what the program needs from the host, runs its tasks in order, and downloads its results. */
    void run(String program);

    /** Where the time of the programs went; empty if nobody asked for it when this was opened. */
    List<ProgramTime> times();

    @Override
    void close();
}
