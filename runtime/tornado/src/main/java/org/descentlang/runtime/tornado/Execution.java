package org.descentlang.runtime.tornado;

/** Programs on a device, and what they share there. */
public interface Execution extends AutoCloseable {
    /** Uploads what the program needs from the host, runs its tasks in order, and downloads its results. */
    void run(String program);

    @Override
    void close();
}
